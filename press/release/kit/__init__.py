"""Make the kit for posting a brief by hand: a post, short texts and pictures."""

from collections.abc import Mapping

from press.checks import page as page_check
from press.content import pictures as images
from press.edition import edition as ed
from press.page.compose import Composer
from press.page.cut import printed
from press.page.elements import elements_of
from press.print.pdf import first_page
from press.problems import ContentRefusedError, Place
from press.release.kit import plain_html, short_texts

POST = "kit/post.html.j2"
MOST_BYTES = 300_000  # of the picture
# Width in pixels, colours (0: all)
STEPS = ((1240, 0), (1240, 256), (1000, 64), (700, 32), (400, 16))


def kit(
    composer: Composer, edition: ed.Edition, assets: Mapping[str, bytes], files: Mapping[str, bytes]
) -> Mapping[str, bytes]:
    """Return the kit of *edition*, whose images and *files* by format are given."""
    return {
        "post.html": post(composer, edition).encode(),
        "excerpt.txt": short_texts.excerpt(composer, edition).encode(),
        "message.txt": short_texts.message(composer, edition).encode(),
        "page-1.png": picture(files["pdf"]),
        "short.pdf": files["short"],
        "card.png": files["card"],
    } | {
        block.asset.replace("/", "-"): assets[block.asset]  # as the post names it
        for block in edition.blocks()
        if isinstance(block, ed.Image)
    }


def post(composer: Composer, edition: ed.Edition) -> str:
    """Return the body of a post; its ids are its own among all posts on a page.

    Raises:
        ContentRefusedError: a template leaves out words.
    """
    prefix = f"press-{edition.brief}-{edition.language}-{edition.release}-"
    body = printed(composer.fill(POST, edition=edition))  # without what only our pages can open
    place = {f"brief:{edition.brief}": Place(f"templates/{POST}")}
    if lost := tuple(
        page_check.lost(page_check.words(page_check.spots(elements_of(body))), edition, place)
    ):
        raise ContentRefusedError(lost)
    return plain_html.plain(body, prefix)


def picture(pdf: bytes) -> bytes:
    """Return the first page as a PNG, as large and as fine as MOST_BYTES let it be."""
    for width, colours in STEPS:
        raster = first_page(pdf, width)
        data = images.png(raster.data, raster.width, raster.height, colours)
        if len(data) < MOST_BYTES:
            break
    return data
