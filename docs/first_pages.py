"""The built PDFs in, the picture of their first pages for the README out: `.venv/bin/python docs/first_pages.py`."""

from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
BRIEFS = ("health", "law-enforcement", "donors")
GAP = 24  # pixels
SCALE = 1.0  # pixels a point


def first_page(brief: str) -> Image.Image:
    """Return the first page of *brief* as an image."""
    with pypdfium2.PdfDocument(ROOT / "build" / "en" / f"{brief}.pdf") as document:
        return document[0].render(scale=SCALE).to_pil().convert("RGB")


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
