"""Describe what all briefs share: the series, its limits, and the words of a language."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from press.content.model import choices, typed
from press.content.model.identity import Logo, Voices
from press.content.model.scalar_type import refused
from press.content.model.typed import Foot, Head, Plain, Strict, WebAddress, Whole, once


class Superseded(Strict):
    """What a release corrects in another that was handed out."""

    release: typed.ReleaseId  # that is superseded
    erratum: Plain  # what was wrong, and what is right
    # whose briefs say so; none: all, and then nothing in it may be meant for some readers only
    audiences: Annotated[tuple[typed.BlockId, ...], AfterValidator(once)] = ()


class Series(Voices):
    """`series.yaml`: what all briefs share."""

    id: typed.Slug | None = None  # by which its folder, its outputs and its releases are known
    name: Head
    publisher: Head
    contact: typed.Address
    licence: Literal["CC BY 4.0"]
    release: typed.Day  # the only date in the outputs
    languages: Annotated[tuple[choices.Language, ...], Field(min_length=1), AfterValidator(once)]
    address: WebAddress | None = None  # where the outputs are on the web: the folder of index.html
    funder: Foot | None = None  # who paid for it, at the end of every brief
    disclaimer: Foot | None = None  # likewise
    logo: Logo | None = None  # of the publisher, on page 1 and above each page on the web
    logos: Annotated[
        tuple[Logo, ...], Field(max_length=30)
    ] = ()  # of partners, at the end of every brief
    colour: typed.Colour | None = None  # of the house: the band above each page
    paper: choices.Paper = "A4"
    slug: typed.Slug | None = None  # what names of files begin with; not given: made from the name
    supersedes: Superseded | None = None
    # of the briefs, in which the index and each page list them; those that it leaves out come behind, by name
    order: Annotated[tuple[typed.BlockId, ...], AfterValidator(once)] = ()

    @property
    def signs(self) -> tuple[Logo, ...]:
        """The logos of the publisher and of all partners."""
        return (*((self.logo,) if self.logo else ()), *self.logos)


class Thresholds(Strict):
    """How much is too much."""

    pages: Whole | None = None  # of the print
    short_pages: Whole | None = None  # of that of the short form, which has just as many
    page_one_words: Whole | None = None  # all that is printed on it, but foot and note marks
    words: Whole | None = None  # with everything printed, but note marks
    short_words: Whole | None = None  # likewise, of the short form
    claims: Whole | None = None  # cited in a brief
    notes_percent: Whole | None = None  # of the printed words, in notes and references
    table_columns: Whole | None = None
    key_figures_least: Whole | None = None
    key_figures_most: Whole | None = None
    attributions: Whole | None = None  # on a page, such as 'the review'
    gaps: Whole | None = None  # likewise, such as 'not stated', but in the section 'unknown'
    present_years: Whole | None = (
        None  # after which a dated claim is told in the past, as an undated one
    )
    finding_times: Whole | None = None  # that one may be told, title and figures included
    messages_least: Whole | None = None
    messages_most: Whole | None = None
    message_words: Whole | None = None
    sentence_words: Whole | None = None
    mean_sentence_words: Whole | None = None
    paragraph_sentences: Whole | None = None
    list_items: Whole | None = None
    figure_title_words: Whole | None = None
    problems: Whole | None = None
    options_least: Whole | None = None  # for each problem
    options_most: Whole | None = None  # in all
    alternatives_most: Whole | None = None  # for each problem, beyond which it is warned of
    grade: Whole | None = None  # of reading, where the language has a formula
    shared_percent: Whole | None = None  # claims under the key messages of two briefs, of the fewer
    sections: tuple[choices.SectionName, ...] = ()  # that a brief has to have
    last_page_percent: Whole | None = (
        None  # of its height, from which on the last page is full enough
    )
    hole_percent: Whole | None = None  # of a page's height, that a place without ink may have
    title_lines: Whole | None = None
    title_last_words: Whole | None = None  # at least, on the last line of a title of several
    line_characters_least: Whole | None = None  # in a full line of running text, spaces included
    line_characters_most: Whole | None = None  # likewise
    html_kilobytes: Whole | None = None  # without pictures
    pdf_kilobytes: Whole | None = None  # likewise
    short_kilobytes: Whole | None = None  # likewise, of the short form
    picture_kilobytes: Whole | None = None  # of all pictures of a brief, inside its page


class Limits(Strict):
    """`limits.yaml`: every threshold of the checks; an audience's or a language's own ones win."""

    all: Thresholds
    audiences: dict[typed.BlockId, Thresholds] = Field(default_factory=dict)
    languages: dict[choices.Language, Thresholds] = Field(default_factory=dict)

    def of(self, audience: str, language: str) -> dict[str, Any]:
        """Return the thresholds for one edition, by name; what is not set is not in it."""
        own = [self.all]
        own += [some for key, some in self.languages.items() if key == language]
        own += [some for name, some in self.audiences.items() if name == audience]
        known: dict[str, Any] = {}
        for thresholds in own:
            known |= thresholds.model_dump(exclude_none=True)
        return known


class OfficialName(Strict):
    """A name whose number or word is free, since it is part of it."""

    name: Plain
    source: Plain


class Avoid(Strict):
    """A word not to use; a '*' at its end stands for any ending."""

    word: typed.Phrase
    say: Plain
    reason: Plain
    source: Plain
    unless: choices.SectionName | None = None  # the section in which it is right


class Gone(Strict):
    """A body that no longer exists, and so can't be asked to do anything."""

    name: Plain
    since: Plain


class Tied(Strict):
    """A phrase that belongs to one claim only."""

    phrase: typed.Phrase
    claim: typed.ClaimId


MOST = Field(max_length=1_000)  # of the words of a series: each text is searched for all of them
MOVED = ("numbers", "fractions", "multiples", "benefits", "graded")  # to press/content/languages


class Terms(Strict):
    """`terms/<lang>.yaml`: the words of a subject and of a house, beside those that a language has."""

    official_names: Annotated[tuple[OfficialName, ...], MOST] = ()
    avoid: Annotated[tuple[Avoid, ...], MOST] = ()
    attribution: Annotated[
        tuple[typed.Phrase, ...], MOST
    ] = ()  # who says so, such as the name of a source
    acronyms: Annotated[tuple[typed.Word, ...], MOST] = ()  # that need no expansion
    services: Annotated[tuple[typed.Phrase, ...], MOST] = ()  # what no benefit may be claimed of
    gone: Annotated[tuple[Gone, ...], MOST] = ()
    tied: Annotated[tuple[Tied, ...], MOST] = ()

    @model_validator(mode="before")
    @classmethod
    def without_moved(cls, typed: object) -> object:
        """Refuse the words that every text of the language shares: they were typed here once."""
        moved = [key for key in MOVED if isinstance(typed, dict) and key in typed]
        if moved:
            words = " and ".join(filter(None, (", ".join(moved[:-1]), moved[-1])))
            raise refused(f"Press itself has the words under {words} now: take these keys out")
        return typed
