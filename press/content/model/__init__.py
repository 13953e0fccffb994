"""What authors write, as types: each model is the schema of one kind of file or block.

Every scalar arrives as a `Scalar`, a string that knows its place in the file, and stays one: whatever is
found out about it later can point at the line and column where it was typed.
"""

from press.content.model.blocks import (
    Ask,
    Block,
    Cell,
    Figure,
    Free,
    ImageBlock,
    Message,
    NoteBlock,
    Option,
    Paragraph,
    ProblemBlock,
    Quote,
    Table,
)
from press.content.model.briefs import Brief
from press.content.model.claims import Claim, Passage, Source, Value
from press.content.model.kinds import KINDS, SECTIONS, Sections
from press.content.model.mail import Mail
from press.content.model.markup import markup
from press.content.model.series import Limits, OfficialName, Series, Terms, Thresholds
from press.content.model.spec import Datum, Spec
from press.content.model.typed import Basis, BlockId, Bound, ClaimId, Kind, Language, Strict, Use

__all__ = [
    "KINDS",
    "SECTIONS",
    "Ask",
    "Basis",
    "Block",
    "BlockId",
    "Bound",
    "Brief",
    "Cell",
    "Claim",
    "ClaimId",
    "Datum",
    "Figure",
    "Free",
    "ImageBlock",
    "Kind",
    "Language",
    "Limits",
    "Mail",
    "Message",
    "NoteBlock",
    "OfficialName",
    "Option",
    "Paragraph",
    "Passage",
    "ProblemBlock",
    "Quote",
    "Sections",
    "Series",
    "Source",
    "Spec",
    "Strict",
    "Table",
    "Terms",
    "Thresholds",
    "Use",
    "Value",
    "markup",
]
