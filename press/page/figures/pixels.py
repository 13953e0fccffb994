"""Draw an SVG as pixels."""

from press.content.pictures import LOGO, Picture, encode

LONGEST = 300.0  # pixels of the longer side: enough to see whether there is anything
PAPER = b'<rect x="-2e6" y="-2e6" width="4e6" height="4e6" fill="#fff"/>'  # larger than any drawing


def pixels(svg: bytes, width: float, height: float) -> bytes:
    """Return a PNG of *svg*, a drawing that is *width* by *height* pixels, on white paper."""
    import vl_convert  # noqa: PLC0415 - large, and few drawings are looked at

    scale = min(LONGEST / max(width, height), 1.0)
    on_paper = svg.replace(b">", b">" + PAPER, 1)
    return bytes(vl_convert.svg_to_png(on_paper.decode(), scale=scale))


def painted(drawing: Picture) -> Picture:
    """Return a *drawing*, which shows something, as pixels, as many as a sign is printed with."""
    import vl_convert  # noqa: PLC0415 - as above

    sides = zip(LOGO, (drawing.width, drawing.height), strict=True)
    scale = min(most / side for most, side in sides)
    data = bytes(vl_convert.svg_to_png(drawing.data.decode(), scale=scale))
    return encode(data, "PNG", f"{drawing.name}.png", LOGO)[0] or drawing
