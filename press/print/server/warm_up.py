"""Make a small page whose print loads all that any page may need."""

import base64

LANGUAGES = ("en", "ru")
LOREM = "Extraordinarily representative administrations notwithstanding. Чрезвычайно представительная организация. "

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><title>Warm-up</title><style>
@page {{ size: A6; margin: 10mm; font: 9pt {families}; @bottom-center {{ content: counter(page) }} }}
body {{ font: 9pt {families}; hyphens: auto }}
.columns {{ columns: 2 }} .flex {{ display: flex }} .grid {{ display: grid; grid-template-columns: 1fr 1fr }}
.note {{ float: footnote }} table {{ border-collapse: collapse }} td {{ border: 1px solid }}
</style></head><body><h1>Warm-up</h1>
{text}
<div class="columns"><p>{lorem}</p></div>
<div class="flex"><p>a</p><p>b</p></div><div class="grid"><p>a</p><p>b</p></div>
<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>
<ol><li><a href="#end">c</a><span class="note">d</span></li></ol>
<p id="end"><img src="asset:dot.png" alt="dot"><img src="asset:drawing.svg" alt="drawing"></p>
</body></html>
"""
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" viewBox="0 0 60 20">
<rect width="60" height="20" fill="red"/><path d="M0 0L9 9"/>
<text x="30" y="15" text-anchor="middle" font-size="8" font-family="{family}">e</text></svg>
"""
# a single pixel, red, green, blue and alpha
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="


def page(families: frozenset[str]) -> str:
    """Return HTML in all *families*, weights, styles and languages."""
    text = "".join(
        f"<p lang={language} style=\"font-family:'{family}'\">{LOREM}<b style='font-weight:600'>f</b> <i>g</i></p>"
        for family in sorted(families)
        for language in LANGUAGES
    )
    return PAGE.format(
        families=", ".join(f"'{family}'" for family in sorted(families)), text=text, lorem=LOREM
    )


def assets(families: frozenset[str]) -> dict[str, bytes]:
    """Return the images of the page."""
    return {
        "dot.png": base64.b64decode(DOT),
        "drawing.svg": DRAWING.format(family=min(families, default="")).encode(),
    }
