"""Tell how much room the drawing of page 1 has, so that its panel ends with the messages beside it and is full.

Sizes are those of tokens.css in pixels, 96 to the inch. Where the words turn out otherwise, the panel has a little air.
"""

from press.edition.edition import Edition, Figure, Message, plain_text
from press.page.figures.theme import BOLD, LABEL, NARROW, PLAIN, Ruler

COLUMN = 338.0  # of the messages, without their numbers
AROUND = -49.0  # their heading and the line below them, less the spaces in the panel and the number of the figure
OF_MESSAGE = 41.0  # its spaces, and its bases
SURE = 0.98  # of what is left


def room(edition: Edition, figure: Figure, ruler: Ruler) -> float:
    """Return how many pixels from top to bottom are left for the drawing of *figure*."""

    def lines(words: str, wide: float, size: float, weight: int = PLAIN) -> int:
        return len(ruler.lines(words, wide * LABEL / size, weight=weight))

    blocks = [
        block for part in edition.sections if part.name == "messages" for block in part.blocks
    ]
    messages = [plain_text(block.text) for block in blocks if isinstance(block, Message)]
    title, subtitle, caveat, source = map(
        plain_text, (figure.title, figure.subtitle, figure.caveat, figure.source)
    )
    beside = sum(OF_MESSAGE + 17.33 * lines(words, COLUMN, 13.33) for words in messages)
    own = 21.33 * lines(title, NARROW, 16.67, BOLD) + 13.07 * lines(source, NARROW, 10)
    own += 16 * (lines(subtitle, NARROW, 12) + lines(caveat, NARROW - 10, 12))
    return max(0.0, SURE * (beside + AROUND - own))
