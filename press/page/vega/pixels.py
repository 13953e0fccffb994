"""Draw an SVG as pixels."""

from press.content.pictures import LOGO, Picture, encode

LONGEST = 300.0  # pixels of the longer side: enough to see whether there is anything
# Larger than any drawing; its style wins over those of one.
PAPER = (
    b'<rect x="-2e6" y="-2e6" width="4e6" height="4e6" style="fill:#fff;stroke:none;opacity:1"/>'
)


def pixels(svg: bytes, width: float, height: float) -> bytes:
    """Return a PNG of *svg*, a drawing that is *width* by *height* pixels, on white paper."""
    return _on_paper(svg, min(LONGEST / max(width, height), 1.0))


def painted(drawing: Picture) -> Picture:
    """Return a *drawing*, which shows something, as pixels on white paper, as many as a sign is printed with."""
    sides = zip(LOGO, (drawing.width, drawing.height), strict=True)
    data = _on_paper(drawing.data, min(most / side for most, side in sides))
    return encode(data, "PNG", f"{drawing.name}.png", LOGO)[0] or drawing


def _on_paper(svg: bytes, scale: float) -> bytes:
    """Return a PNG without a clear pixel: the library takes their colours for others."""
    import vl_convert  # noqa: PLC0415 - large, and few drawings are looked at

    on_paper = svg.replace(b">", b">" + PAPER, 1)
    return bytes(vl_convert.svg_to_png(on_paper.decode(), scale=scale))
