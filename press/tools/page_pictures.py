"""Picture first pages for README and docs: run as `python -m press.tools.page_pictures`, after a build."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from press.ground.paths import Folders
from press.ingest import new_series
from press.print.pdf import first_page

BRIEFS = ("health", "law-enforcement", "donors")
GAP = 24  # pixels
WIDTH = 595  # pixels of a page
SERIES = new_series.NewSeries(
    "Warm meals in Northvale",
    "Town of Northvale",
    "meals@northvale.example",
    audiences=("council",),
    languages=("en",),
)
FOREWORD = """
council-foreword:
  quote:
    words: A list that everyone can read is fairer than one request at a time. We will publish ours in spring.
    who: Ada Green
    role: Head of schools
    institution: Town of Northvale
    date: 2025-11-03
"""


def main() -> None:
    """Write `docs/first-pages.png` of what was built, and `docs/foreword.png` of an invented series."""
    folders = Folders.here()
    built = folders.root / "build" / "en"
    write_sheet(folders, "first-pages.png", [built / f"{brief}.pdf" for brief in BRIEFS])
    with TemporaryDirectory() as made:
        write_sheet(folders, "foreword.png", [signed_brief(folders, Path(made, "meals"))])


def signed_brief(folders: Folders, series: Path) -> Path:
    """Return the PDF of a brief that begins with a foreword, of a new *series* that is built."""
    new_series.write(folders, series, SERIES)
    with (series / "blocks/council.yaml").open("a", encoding="utf-8") as blocks:
        blocks.write(FOREWORD)
    brief = series / "briefs/council.yaml"
    listed = "sections:\n  foreword: [council-foreword]\n"
    brief.write_text(brief.read_text("utf-8").replace("sections:\n", listed, 1), "utf-8")
    command = [sys.executable, "-P", "-m", "press", "build", "--format", "pdf"]
    subprocess.run(command, cwd=series, check=True)
    return series / "build/en/council.pdf"


def write_sheet(folders: Folders, name: str, prints: Sequence[Path]) -> None:
    """Write a picture of the first pages of some *prints*, beside each other, into `docs/`."""
    pages = [first_page(path.read_bytes(), WIDTH) for path in prints]
    size = (len(pages) * (WIDTH + GAP) + GAP, pages[0].height + 2 * GAP)
    sheet = Image.new("RGB", size, "#d9dedc")
    for number, page in enumerate(pages):
        picture = Image.frombytes("RGB", (page.width, page.height), page.data)
        sheet.paste(picture, (GAP + number * (WIDTH + GAP), GAP))
    sheet.quantize(128).save(folders.root / "docs" / name, optimize=True)


if __name__ == "__main__":
    main()
