"""Check how briefs, blocks, audiences, pictures, colours and claims fit together."""

import re
from collections.abc import Iterator

from press.checks.content.verdicts import citations
from press.checks.phrases import markup
from press.content.library import ALL, UNREAD, Draft, Fault, fault, mapped
from press.content.model import Brief
from press.content.model.blocks import (
    AlternativeBlock,
    AskBlock,
    Block,
    ImageBlock,
    MessageBlock,
    TableBlock,
)
from press.content.model.kinds import HEADED, kinds_in
from press.content.pictures import BLANK, shows_nothing
from press.content.scalar import Scalar
from press.content.text.markdown import Markdown
from press.content.text.parts import paragraphs
from press.page.colours import contrast, darker, palette
from press.page.vega.pixels import pixels
from press.problems import counted, did_you_mean, nothing_called

LONGEST = 40_000  # characters in the blocks of a brief: four times what is handed out
LINE = 80  # characters that a paragraph and an item take at least, since a line is theirs alone


def check(draft: Draft) -> Iterator[Fault]:
    """Yield what does not fit together."""
    for part in (_refs, _audiences, _labels, _pictures, _tables, _backed, _unused, _accents):
        yield from part(draft)
    for name, brief in draft.briefs.items():
        yield from _sections(draft, name, brief)


def _refs(draft: Draft) -> Iterator[Fault]:
    """Yield claims that are for the same row of the table of claims."""
    rows: dict[tuple[str, str], str] = {}
    for key, claim in draft.claims.items():
        first = rows.setdefault((claim.source, claim.ref), key)
        if first != key:
            message = f"{claim.ref} is the ref of claim '{first}' already"
            yield fault(claim.ref.place, message, "reference")


def _labels(draft: Draft) -> Iterator[Fault]:
    """Yield labels that two briefs have, by which nobody could tell their links apart; warn of titles and accents."""
    known: dict[tuple[str, ...], str] = {}
    for name, brief in draft.briefs.items():
        for what in ("label", "title", "accent"):
            typed = getattr(brief, what)
            words = re.findall(r"\w+", re.sub(r"\[\^\w+\]", "", typed.casefold()))
            first = known.setdefault((what, *words), name)
            message = f"brief '{first}' has this {what} too; give each its own"
            if first != name and what == "label":
                yield fault(typed.place, f"{message} readers", "audience", f"brief:{name}")
            elif first != name:
                yield fault(typed.place, message, "audience", f"brief:{name}", "warning")


def _audiences(draft: Draft) -> Iterator[Fault]:
    """Yield audiences that no brief is for."""
    known, shared = draft.names("brief"), draft.series and draft.series.supersedes
    named = [(f"block:{key}", block.audiences or ()) for key, block in draft.blocks.items()]
    named += [(ALL, tuple(draft.limits.audiences if draft.limits else ()))]
    named += [(ALL, shared.audiences if shared else ())]
    named += [(ALL, draft.series.order if draft.series else ())]
    for owner, audience in ((owner, audience) for owner, each in named for audience in each):
        if audience not in known and "unread:brief" not in draft.broken:
            message = f"no audience is called '{audience}'{did_you_mean(audience, known)}"
            yield fault(audience.place, message, "audience", owner)


def _pictures(draft: Draft) -> Iterator[Fault]:
    """Yield pictures without a file, and drawings that show nothing; all briefs would miss a logo."""
    for owner, file in asked_pictures(draft):
        picture = draft.images.get(file)
        if picture and file.endswith(".svg"):
            drawn = pixels(picture.data, picture.width, picture.height)
            if shows_nothing(drawn):
                yield fault(draft.places[f"image:{file}"], BLANK, "image", owner)
        if not picture and not draft.unread("image", file):
            message = f"there is no picture images/{file}{did_you_mean(file, draft.images)}"
            yield fault(file.place, message, "reference", owner)


def asked_pictures(draft: Draft) -> Iterator[tuple[str, Scalar]]:
    """Yield the pictures that are asked for, each with its owner."""
    for key, block in draft.blocks.items():
        if isinstance(block, ImageBlock):
            yield f"block:{key}", block.file
    for logo in draft.series.signs if draft.series else ():
        yield ALL, logo.file


def _tables(draft: Draft) -> Iterator[Fault]:
    """Yield rows that have more or fewer cells than there are columns."""
    tables = [(key, block) for key, block in draft.blocks.items() if isinstance(block, TableBlock)]
    for key, table in tables:
        for row in table.rows:
            if len(row) != len(table.columns):
                cells, columns = counted(len(row), "cell"), counted(len(table.columns), "column")
                message = f"this row has {cells}, but the table has {columns}"
                yield fault(row[0].place, message, "schema", f"block:{key}")


def _backed(draft: Draft) -> Iterator[Fault]:
    """Yield titles, key messages, alternatives and asks that cite no claim."""
    backed: dict[str, tuple[str, Block | Markdown, Scalar]] = {
        f"brief:{name}": ("title", brief.title, brief.title) for name, brief in draft.briefs.items()
    }
    for key in (key for brief in draft.briefs.values() for key in brief.sections.messages):
        block = draft.blocks.get(key)
        if isinstance(block, MessageBlock):
            backed[f"block:{key}"] = "key message", block, block.text
    for name, asked in draft.blocks.items():
        if isinstance(asked, AlternativeBlock | AskBlock):
            first = asked.does if isinstance(asked, AlternativeBlock) else asked.text
            backed[f"block:{name}"] = draft.kinds[name], asked, first
    for owner, (what, model, typed) in backed.items():
        if not any(citations(model)):
            message = f"this {what} cites no claim; cite the one that supports it"
            yield fault(typed.place, message, "citation", owner, "warning")


def _unused(draft: Draft) -> Iterator[Fault]:
    """Yield files that nothing uses; what could not be read may use them."""
    languages = draft.series.languages if draft.series else draft.terms.keys()
    named = {key for brief in draft.briefs.values() for _, ids in brief.sections for key in ids}
    for what, words, user, used in (
        ("source", "source", "claim", {claim.source for claim in draft.claims.values()}),
        ("image", "image", "block", {file for _, file in asked_pictures(draft)}),
        ("map", "map", "block", {spec.file for _, spec in mapped(draft)}),
        ("block", "block", "brief", named),
        ("term", "the terms of language", "series", languages),
    ):
        broken = any(user in name for name in draft.broken) or draft.series is None
        if not broken and (what != "block" or named <= draft.names("block")):
            for name in sorted(draft.names(what) - set(map(str, used))):
                message = f"nothing uses {words} '{name}'; take it out, or name it in a {user}"
                yield fault(draft.places[f"{what}:{name}"], message, "file", ALL, "warning")


def _sections(draft: Draft, name: str, brief: Brief) -> Iterator[Fault]:
    for section, ids in brief.sections:
        for head, typed in brief.heads(section).items():
            if section not in HEADED or not ids:
                what = f"section '{section}' takes no {head}; these do: {', '.join(HEADED)}"
                if section in HEADED:
                    what = f"section '{section}' has no blocks; take its {head} out"
                yield fault(typed.place, what, "section", f"brief:{name}")
    seen: set[str] = set()
    size = 0
    known, owner = draft.names("block"), f"brief:{name}"
    for section, key in ((section, key) for section, ids in brief.sections for key in ids):
        if key not in known and UNREAD not in draft.broken:  # else it may be in an unread file
            message = nothing_called("block", key, known)
            yield fault(key.place, message, "reference", owner)
        elif key in seen and key in known:
            yield fault(key.place, f"block '{key}' is in this brief already", "reference", owner)
        elif key in draft.blocks:  # else it is broken, and reported as such
            yield from _placed(draft, name, section, key)
            size += (here := sum(map(_room, markup(draft.blocks[key]))))
            if size - here <= LONGEST < size:
                what = f"with this block the brief is longer than {LONGEST:,} characters"
                message = f"{what}, where a paragraph counts as {LINE} or more; divide it"
                yield fault(key.place, message, "reference", owner)
        seen.add(key)


def _room(named: tuple[str, Markdown]) -> int:
    """Return how many characters a text has, with those that could be in its last lines."""
    _, text = named
    return max(len(text), LINE * sum(1 for _ in paragraphs(text.parts)))


def _placed(draft: Draft, name: str, section: str, key: Scalar) -> Iterator[Fault]:
    allowed, kind = kinds_in(section), draft.kinds[key]
    if kind not in allowed:
        message = f"section '{section}' takes no {kind}; it takes {', '.join(sorted(allowed))}"
        yield fault(key.place, message, "section", f"brief:{name}")
    meant = draft.blocks[key].audiences
    if meant is not None and name not in meant and draft.names("brief") >= set(meant):
        message = f"block '{key}' is meant for {', '.join(meant)} and not for {name}"
        yield fault(key.place, message, "audience", f"brief:{name}")


def _accents(draft: Draft) -> Iterator[Fault]:
    """Yield accents in which something could not be read (WCAG 2.2, level AAA: 7 to 1 for text, 3 to 1 for figures)."""
    colours = [(f"brief:{name}", "accent", brief.accent) for name, brief in draft.briefs.items()]
    if draft.series and draft.series.colour:
        colours.append((ALL, "colour", draft.series.colour))
    for owner, key, colour in colours:
        for what, front, back, least in palette(str(colour)).pairs():
            ratio = contrast(front, back)
            if ratio < least:
                message = (
                    f"with the {key} {colour}, {what} has a contrast of {ratio:.1f} to 1"
                    f" and needs {least:g}; take a darker {key}, such as {darker(str(colour))}"
                )
                yield fault(colour.place, message, "contrast", owner)
                break
