"""What an editorial check found: whose it is, where, in which words, by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from press.problems import Place


class Finding(NamedTuple):
    """A breach of a rule of EDITORIAL; the table of the rules says how severe it is."""

    owner: str  # 'block:<id>' or 'brief:<id>'
    place: Place
    message: str
    rule: str
