"""Describe who speaks in a brief: its issuer and authors, and on whose behalf (EDITORIAL: how this brief was made)."""

from typing import Annotated

from pydantic import AfterValidator

from press.content.model import typed
from press.content.model.typed import Plain, Strict, once

Names = Annotated[tuple[Plain, ...], AfterValidator(once)]


class Logo(Strict):
    """A sign of the issuer or of a partner."""

    file: typed.LogoFile
    name: Plain  # whose it is; its text alternative


class Voices(Strict):
    """What a series says of all briefs, and a brief of itself alone."""

    number: Plain | None = None  # in the issuer's series of publications: '2026/3'
    authors: Names = ()  # people or institutions
    authors_withheld: Plain | None = None  # why no person is named
    reviewers: Names = ()
    interests: Plain | None = None  # what authors and reviewers have at stake
