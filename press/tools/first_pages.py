"""Picture the first pages of the built PDFs for the README: run as `python -m press.tools.first_pages`."""

from PIL import Image

from press.ground.paths import Folders
from press.print.pdf import first_page

BRIEFS = ("health", "law-enforcement", "donors")
GAP = 24  # pixels
WIDTH = 595  # pixels of a page


def main() -> None:
    """Write `docs/first-pages.png`."""
    root = Folders.here().root
    pages = [
        first_page((root / "build/en" / f"{brief}.pdf").read_bytes(), WIDTH) for brief in BRIEFS
    ]
    size = (len(pages) * (WIDTH + GAP) + GAP, pages[0].height + 2 * GAP)
    sheet = Image.new("RGB", size, "#d9dedc")
    for number, page in enumerate(pages):
        picture = Image.frombytes("RGB", (page.width, page.height), page.data)
        sheet.paste(picture, (GAP + number * (WIDTH + GAP), GAP))
    sheet.quantize(128).save(root / "docs" / "first-pages.png", optimize=True)


if __name__ == "__main__":
    main()
