"""Picture the first pages of the built PDFs for the README: run as `python -m press.tools.first_pages`."""

from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
BRIEFS = ("health", "law-enforcement", "donors")
GAP = 24  # pixels
SCALE = 1.0  # pixels a point


def first_page(brief: str) -> Image.Image:
    """Return the first page of *brief* as an image."""
    with pypdfium2.PdfDocument(ROOT / "build" / "en" / f"{brief}.pdf") as document:
        picture: Image.Image = document[0].render(scale=SCALE).to_pil()
        return picture.convert("RGB")


def main() -> None:
    """Write `docs/first-pages.png`."""
    pages = [first_page(brief) for brief in BRIEFS]
    width, height = pages[0].size
    sheet = Image.new("RGB", (len(pages) * (width + GAP) + GAP, height + 2 * GAP), "#d9dedc")
    for number, page in enumerate(pages):
        sheet.paste(page, (GAP + number * (width + GAP), GAP))
    sheet.quantize(128).save(ROOT / "docs" / "first-pages.png", optimize=True)


if __name__ == "__main__":
    main()
