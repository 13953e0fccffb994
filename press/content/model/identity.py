"""Describe who speaks in a brief: its issuer and authors, and on whose behalf (EDITORIAL: how this brief was made)."""

from typing import Annotated

from pydantic import AfterValidator, Field

from press.content.model import typed
from press.content.model.typed import Foot, Head, Strict, once

Names = Annotated[tuple[Head, ...], Field(max_length=60), AfterValidator(once)]


class Logo(Strict):
    """A sign of the issuer or of a partner."""

    file: typed.LogoFile
    name: Head  # whose it is; its text alternative


class Voices(Strict):
    """What a series says of all briefs, and a brief of itself alone."""

    number: Head | None = None  # in the issuer's series of publications: '2026/3'
    authors: Names = ()  # people or institutions
    authors_withheld: Foot | None = None  # why no person is named
    reviewers: Names = ()
    interests: Foot | None = None  # what authors and reviewers have at stake
