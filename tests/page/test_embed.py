"""A page is one file: fonts and pictures come into it, and texts stay as they are."""

from __future__ import annotations

from press.page.embed import replace_assets


def test_a_page_is_made_whole() -> None:
    """Fonts come into the style and a picture into its source; a text that looks like either stays a text."""
    page = (
        '<style media="screen">\n/* asset:fonts.css */\np{}</style>'
        '<p title="asset:images/a.png">/* asset:fonts.css */ src=&#34;asset:images/a.png&#34;</p>'
        '<img src="asset:images/a.png" alt="">'
    )
    made = replace_assets(page, {"fonts.css": "*/\nFACES/*", "images/a.png": "data:PICTURE"})
    assert made == (
        '<style media="screen">\n/* */\nFACES/* */\np{}</style>'
        '<p title="asset:images/a.png">/* asset:fonts.css */ src=&#34;asset:images/a.png&#34;</p>'
        '<img src="data:PICTURE" alt="">'
    )


def test_what_a_picture_holds_is_not_looked_into() -> None:
    """The bytes of one asset never take in another."""
    page = '<img src="asset:a.png"><img src="asset:b.png">'
    made = replace_assets(page, {"a.png": 'src="asset:b.png"', "b.png": "B"})
    assert made == '<img src="src="asset:b.png""><img src="B">'
