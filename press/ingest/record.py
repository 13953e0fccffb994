"""Read the bibliographic record beside a review: BibTeX, RIS or CSL-JSON; its fields are named as in CSL."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import rispy
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string

from press.content.model.choices import SourceKind
from press.ground import disk
from press.ground.lock import reported
from press.ground.paths import shown
from press.ingest.plain_text import decode
from press.problems import PressError, RefusedError, counted

Fields = Mapping[str, Any]  # an entry as its library gives it

MOST_BYTES = 1 << 20
_KINDS: Mapping[str, SourceKind] = {
    **dict.fromkeys(("report", "techreport", "rprt"), "report"),
    **dict.fromkeys(("legislation", "bill", "stat"), "law"),
    **dict.fromkeys(("article-newspaper", "article-magazine", "news", "mgzn"), "news"),
    **dict.fromkeys(("interview", "pcomm", "personal_communication"), "testimony"),
}
_DATE = re.compile(r"(\d{4})(?:[-/](0?[1-9]|1[0-2])(?:[-/](0?[1-9]|[12]\d|3[01]))?)?(?!-?\d)")
_WEB = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(:[0-9]+)?(/|\Z)")
_SAFE = "%/?#[]@!$&()*+,;=:._~-"
_DOI = re.compile(r"10\.\d{4,9}/\S+")


@dataclass(frozen=True)
class Record:
    """What a file says about a review; what it does not say is empty."""

    author: tuple[str, ...] = ()  # 'Green, A.', or an institution
    title: str = ""
    issued: str = ""  # '2018', '2018-03' or '2018-03-14'
    addresses: tuple[str, ...] = ()  # that of the DOI first
    kind: SourceKind | None = None


def record(review: Path) -> Record | None:
    """Return the record in the file beside *review* that has its name, or None if there is none.

    Raises:
        RefusedError: there are two, or one cannot be read, or has no entry or several.
        OutputError: the file cannot be opened.
    """
    beside = [path for ending in _FORMATS if (path := review.with_suffix(ending)).exists()]
    if not beside:
        return None
    if len(beside) > 1:
        names = " and ".join(map(shown, beside))
        raise RefusedError(f"{names} are records of one review; keep one of them")
    [path] = beside
    with reported(path), disk.open_file(path) as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise RefusedError(f"{shown(path)}: this file is larger than 1 MB; keep the one entry")
    name, read = _FORMATS[path.suffix]
    try:
        found = [_record(fields) for fields in read(decode(data))]
    except PressError as error:
        raise RefusedError(f"{shown(path)}: this file {error}") from error
    except Exception as error:  # the libraries raise what they like about a broken file
        raise RefusedError(f"{shown(path)}: this file cannot be read as {name}") from error
    if len(found) != 1:
        held = counted(len(found), "record")
        raise RefusedError(
            f"{shown(path)}: this file has {held} in {name}; keep that of the review"
        )
    return found[0]


def _of_bibtex(text: str) -> list[Fields]:
    steps = [
        middlewares.MonthIntMiddleware(),
        middlewares.LatexDecodingMiddleware(keep_math_mode=False, keep_braced_groups=True),
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
    ]
    library = parse_string(text, append_middleware=steps)
    if library.failed_blocks:
        raise RefusedError("has a mistake in its BibTeX; export it again")
    typed = parse_string(text).entries  # in an address % begins no comment
    return [
        {
            **{field.key: field.value for field in entry.fields},
            **{field.key: field.value for field in raw.fields if field.key in {"doi", "url"}},
            "kind": entry.entry_type,
        }
        for entry, raw in zip(library.entries, typed, strict=True)
    ]


def _of_csl(text: str) -> list[Fields]:
    entries = json.loads(text)
    return entries if isinstance(entries, list) else [entries]


def _record(fields: Fields) -> Record:
    """Return a record in our form.

    Raises:
        RefusedError: its date is none.
    """
    typed = _date(fields)
    date = _DATE.match(typed)
    if typed and not date:
        raise RefusedError(f"has the date '{typed}'; write it as '2018', '2018-03' or '2018-03-14'")
    doi = _DOI.search(_first(fields, "doi", "DOI"))
    urls = [f"https://doi.org/{doi[0]}" if doi else "", _first(fields, "url", "URL")]
    addresses = map(_address, [*urls, *fields.get("urls", ())])
    keys = ("author", "authors", "first_authors")
    names = [name for key in keys for name in fields.get(key, ())]
    author = [*map(_name, names)] or [_first(fields, "institution", "organization")]
    return Record(
        author=tuple(filter(None, author)),
        title=_folded(_first(fields, "title", "primary_title")),
        issued="-".join(part.zfill(2) for part in date.groups() if part) if date else "",
        addresses=tuple(dict.fromkeys(filter(_WEB.match, addresses))),
        kind=_KINDS.get(_first(fields, "kind", "type_of_reference", "type").lower()),
    )


def _first(fields: Fields, *names: str) -> str:
    """Return the first of some fields that says something."""
    return next((str(fields[name]) for name in names if fields.get(name)), "")


def _date(fields: Fields) -> str:
    """Return the date of an entry as it is typed there."""
    issued = fields.get("issued", {})
    usual = [[fields.get(key) for key in ("year", "month", "day")]]
    parts = "-".join(str(part) for part in (issued.get("date-parts") or usual)[0] if part)
    raw = _first(issued, "raw", "literal")
    return _first(fields, "date") or parts or raw or _first(fields, "publication_year")


def _name(name: Any) -> str:  # noqa: ANN401 - each library has its own
    """Return a name as 'Family, Given', or that of an institution."""
    if isinstance(name, middlewares.NameParts):
        parts = [*name.von, *name.last, *name.jr], name.first
    elif isinstance(name, str):
        parts = [name], []
    else:
        family = ("non-dropping-particle", "family", "suffix", "literal")
        parts = [name.get(key, "") for key in family], [name.get("given", "")]
    return ", ".join(filter(None, (_folded(" ".join(part)) for part in parts)))


def _folded(text: str) -> str:
    return " ".join(text.translate({ord(brace): None for brace in "{}"}).split())


def _address(typed: str) -> str:
    """Return an address with its host in lower case, what may not stand in it as %20."""
    scheme, mark, rest = typed.strip().replace("\\", "").partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.lower()}{mark}{host.lower()}{slash}{quote(path, safe=_SAFE)}"


_FORMATS: Mapping[str, tuple[str, Callable[[str], list[Fields]]]] = {
    ".bib": ("BibTeX", _of_bibtex),
    ".ris": ("RIS", rispy.loads),
    ".json": ("CSL-JSON", _of_csl),
}
