"""Describe sources: works, the index of their passages, and what marks them."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Self

from pydantic import Field, model_validator

from press.content.model import choices, typed
from press.content.model.scalar_type import refused
from press.content.model.typed import Plain, Strict, Years
from press.content.quantity import DATE
from press.content.scalar import Scalar

DIGITS = 8  # of a fingerprint: by these a claim knows its passage


class Passage(Strict):
    """A sentence of a source, known by its locator: what is in it, never the sentence itself."""

    fingerprint: typed.Fingerprint = Field(description="run ./inv ingest again, which writes it")
    values: tuple[typed.Word, ...] = ()  # as 'more than 90%', '2011-2012', '1/3', 'p < 0.05'
    units: dict[typed.Word, Plain] = Field(default_factory=dict)  # what the values are of
    by_eye: tuple[typed.Word, ...] = ()  # those of the values that only a person reads there
    references: tuple[typed.Word, ...] = ()  # the source's own reference marks

    @property
    def years(self) -> tuple[Scalar, ...]:
        """The years among its values, those of dates too."""
        bare = [value for value in self.values if value not in self.units]  # '1,949 people' is none
        dates = (Scalar(value[:4], value.place) for value in bare if DATE.fullmatch(value))
        return (*filter(typed.YEARS.fullmatch, bare), *dates)


class Correction(Strict):
    """A passage that does not end where the program ends it: joined to the one behind it, or split."""

    join: typed.Locator | None = None
    split: typed.Locator | None = None
    words: typed.Whole | None = None  # in the first part of what is split
    begins: typed.Digits | None = None  # fingerprint of the passage; `inv ingest` writes it

    @model_validator(mode="after")
    def one_way(self) -> Self:
        """Refuse one that is neither, or both."""
        if (self.join is None) == (self.split is None) or (self.split is None) != (
            self.words is None
        ):
            raise refused("a correction is 'join: P3.2', or 'split: P3.2' with 'words: 14'")
        return self


class Compared(Strict):
    """When the index of passages was compared with the text, and which text and index these were."""

    day: typed.Day
    text: typed.Fingerprint
    index: typed.Fingerprint


class Source(Strict):
    """`sources/<id>.yaml`: a published work: its record and the index of its passages.

    `author`, `title` and `issued` are named as in CSL.
    """

    citation: Plain  # as it is printed; what the record lacks is added
    kind: choices.SourceKind
    described: Plain | None = None  # its kind in more words: 'news reports that quote the police'
    author: tuple[Plain, ...] = ()  # 'Green, A.', or an institution
    title: Plain | None = None
    issued: typed.Date | None = None
    unstated: Plain | None = None  # why one of the three is missing: 'not in the supplied text'
    mark: typed.FreeText | None = None  # 'Green 2018'; not given: of the first author and the year
    searched: typed.Date | None = None  # until when a review searched for studies
    latest: Years | None = None  # the latest dated figure in it; not given: that of its passages
    # not what the series is about, but what became known elsewhere since
    outside: typed.Flag = Field(
        description="write 'outside: true' for what became known since, 'outside: false' for what the series is about"
    )
    addresses: Annotated[tuple[typed.Web, ...], Field(max_length=20)] = ()  # where it can be read
    seen: typed.Day | None = None  # when it was last looked at
    language: choices.Read = "en"  # of its text
    locators: choices.Way = "paragraph"
    corrections: tuple[Correction, ...] = ()
    compared: Compared | None = None  # `inv check --texts` writes it
    passages: dict[typed.Locator, Passage]

    @property
    def digest(self) -> str:
        """The sha256 of its index: locators, fingerprints and values."""
        rows = (
            "\t".join((name, each.fingerprint, *each.values))
            for name, each in self.passages.items()
        )
        return sha256("\n".join(rows).encode()).hexdigest()

    @property
    def verified(self) -> Compared | None:
        """When and with which text its index, as it is now, was compared; None where it was not."""
        known = self.compared
        return known if known and known.index == self.digest else None

    @cached_property
    def years(self) -> frozenset[str]:
        """The years among the values of its passages; of several the last."""
        every = [year for passage in self.passages.values() for year in passage.years]
        return frozenset(year.rpartition("-")[2] for year in every)

    def dated(self, until: int) -> str:
        """Return the latest year in it up to the year *until*, or 'not stated'."""
        past = (year for year in self.years if int(year) <= until)  # it may tell of years to come
        return self.latest or max(past, default="not stated")

    @property
    def lacks(self) -> tuple[str, ...]:
        """Which of title, author and issued its record lacks."""
        return tuple(name for name in ("title", "author", "issued") if not getattr(self, name))

    @property
    def names(self) -> tuple[str, ...]:
        """What a text may call it: its mark, or one of its authors."""
        families = (author.partition(",")[0] for author in self.author)
        return tuple(filter(None, (str(self.mark or ""), *families)))

    @property
    def made_mark(self) -> str:
        """'Green 2018', of the first author and the year; '' where the record lacks one of them."""
        if not (self.author and self.issued):
            return ""
        return f"{self.author[0].partition(',')[0]} {self.issued.partition('-')[0]}"


def marks(sources: Mapping[str, Source]) -> dict[str, str]:
    """Return the mark of each source that is not outside; made ones that are alike get letters: 'Green 2018a'.

    Where there is one such source, it needs no mark: its is ''.
    """
    own = {name: source for name, source in sources.items() if not source.outside}
    if len(own) == 1:
        return dict.fromkeys(own, "")
    plain = {name: str(source.mark or source.made_mark) for name, source in own.items()}
    often, before = Counter(plain.values()), Counter[str]()
    known: dict[str, str] = {}
    for name, mark in plain.items():
        alike = mark and often[mark] > 1 and not own[name].mark
        known[name] = f"{mark}{letters(before[mark])}" if alike else mark
        before[mark] += bool(alike)
    return known


def letters(number: int) -> str:
    """Return the letters of a *number* from 0 on: a to z, then aa, ab and so on."""
    more, last = divmod(number, 26)
    return f"{letters(more - 1) if more else ''}{chr(ord('a') + last)}"
