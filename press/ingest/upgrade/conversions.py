"""Turn paragraphs into the kinds of block that have taken their place: lists of gaps, and objections with answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import indent

from press.content.scalar import Items, Keys, Origin, Scalar
from press.ingest.upgrade.rewriting import BY_HAND, Note, Rewriting
from press.ingest.upgrade.splices import Splices, origin_of

ALLOWED = {"text", "audiences"}  # keys of a paragraph that its heirs may have
GAPS = "a list of gaps is a block 'gaps' now"
LEAD = ", and the words above it a paragraph of their own"
OBJECTIONS = (
    "objections are blocks 'objection' now, of the section 'objections' behind 'implementation'"
)
_QUOTED = r"[\"“”„«]\s*(?P<says>[^\"“”„«»]+?[.!?…])\s*[\"“”»]"  # a whole sentence
_OBJECTION = re.compile(rf"\*\*\s*{_QUOTED}\s*\*\*\s*(?P<answer>\S.*)", re.DOTALL)
_GAPS = re.compile(r"(?:(?P<lead>(?!- ).+?)\n\n)?(?P<items>- \S.*)", re.DOTALL)
_ITEM = re.compile(r"\n+(?=- )")


@dataclass(frozen=True)
class Paragraph:
    """A block that is a paragraph."""

    key: Scalar
    entry: Keys
    splices: Splices
    sections: frozenset[str]  # in which it is printed

    def fits(self, section: str) -> bool:
        """Return whether it is printed in this *section* only, and has nothing that its heirs could not have."""
        return self.sections == {section} and ALLOWED.issuperset(self.fields)

    @property
    def fields(self) -> Keys:
        """What is typed below its kind."""
        fields = next(iter(self.entry.values()))
        return fields if isinstance(fields, Keys) else Keys()

    @property
    def text(self) -> str:
        """Its text, or '' where its lines may not be those of the file."""
        text = self.fields.find("text")
        origin = text.origin if isinstance(text, Scalar) else None
        return str(text).strip() if isinstance(origin, Origin) and origin.style == "|" else ""

    @property
    def indents(self) -> tuple[str, str, str]:
        """The indents of its kind, of its fields and of their texts."""
        kind, field = self.entry.place.column - 1, self.fields.place.column - 1
        return " " * kind, " " * field, " " * (2 * field - kind)


def convert(rewriting: Rewriting) -> None:
    """Turn each paragraph of 'unknown' that is a list, and each of 'implementation' that has objections."""
    known = {key for blocks, _ in rewriting.inside("blocks") for key in blocks}
    heirs: dict[str, tuple[Paragraph, list[re.Match[str]]]] = {}
    for paragraph in _paragraphs(rewriting):
        gaps = _GAPS.fullmatch(paragraph.text)
        found = [_OBJECTION.fullmatch(each) for each in re.split(r"\n{2,}", paragraph.text)]
        said = [match for match in found if match]
        if "unknown" in paragraph.sections and gaps:
            lead = f"{paragraph.key}-lead" if gaps["lead"] else ""
            message = GAPS + LEAD * bool(lead)
            if paragraph.fits("unknown") and lead not in known and _is_flat(gaps["items"]):
                turn = partial(_gaps, rewriting, paragraph, gaps, lead)
                rewriting.attempt([paragraph.key.place], message, turn)
                continue
        elif "implementation" in paragraph.sections and said:
            message = OBJECTIONS
            names = known.intersection(_names(paragraph.key, said))
            if paragraph.fits("implementation") and len(said) == len(found) and not names:
                heirs[str(paragraph.key)] = paragraph, said
                continue
        else:
            continue
        rewriting.left.append(Note(paragraph.key.place, f"{message}; {BY_HAND}"))
    places = [paragraph.key.place for paragraph, _ in heirs.values()]
    rewriting.attempt(places, OBJECTIONS, partial(_objections, rewriting, heirs))


def _is_flat(items: str) -> bool:
    """Return whether each item of a list is one line of text, however long, and nothing follows them."""
    return not re.search(r"\n\n(?!- )|\n +(?:[-*+]|\d+[.)])\s", items)


def _names(key: str, said: Sequence[object]) -> list[str]:
    return [f"{key}-{number}" for number in range(1, len(said) + 1)]


def _paragraphs(rewriting: Rewriting) -> Iterator[Paragraph]:
    """Yield the blocks that are paragraphs."""
    uses: dict[str, list[str]] = {}
    for sections, _ in rewriting.sections():
        for name, ids in sections.items():
            for key in ids if isinstance(ids, Items) else ():
                uses.setdefault(str(key), []).append(str(name))
    for blocks, splices in rewriting.inside("blocks"):
        for key, entry in blocks.items():
            if isinstance(entry, Keys) and list(entry) == ["paragraph"]:
                yield Paragraph(key, entry, splices, frozenset(uses.get(key, ())))


def _others(paragraph: Paragraph) -> str:
    """Return the lines of the fields beside its text."""
    _, field, _ = paragraph.indents
    names = (name for name in paragraph.fields if name != "text")
    return "".join(f"{field}{paragraph.splices.typed(paragraph.fields, name)}\n" for name in names)


def _gaps(rewriting: Rewriting, paragraph: Paragraph, found: re.Match[str], lead: str) -> None:
    """Turn the list of a paragraph into items, and what is above it into a block of its own."""
    kind, field, inner = paragraph.indents
    splices, fields = paragraph.splices, paragraph.fields
    if lead:
        text = f"{field}text: |-\n{indent(found['lead'], inner)}\n"
        entry = f"{lead}:\n{kind}paragraph:\n{_others(paragraph)}{text}\n"
        splices.put_lines(splices.line(origin_of(paragraph.key).start), entry)
        for sections, of_brief in rewriting.sections():
            ids = sections.find("unknown")
            if isinstance(ids, Items) and paragraph.key in ids:
                of_brief.add(ids, ids.index(paragraph.key), [lead])
    splices.rename(next(iter(paragraph.entry)), "gaps")
    items = (re.sub(r"\n\s*", "\n", item[2:].strip()) for item in _ITEM.split(found["items"]))
    lines = "".join(f"\n{inner}- >-\n{indent(item, inner + '  ')}" for item in items)
    splices.replace(fields, "text", f"items:{lines}")


def _objections(
    rewriting: Rewriting, heirs: Mapping[str, tuple[Paragraph, list[re.Match[str]]]]
) -> None:
    """Turn paragraphs into objections, and put these into a section of their own in each brief that has them."""
    names: dict[str, list[str]] = {}
    for paragraph, said in heirs.values():
        names[paragraph.key] = _names(paragraph.key, said)
        _split(paragraph, said, names[paragraph.key])
    for sections, splices in rewriting.sections():
        ids = sections.find("implementation")
        went = [str(key) for key in ids if key in heirs] if isinstance(ids, Items) else []
        new = [name for key in went for name in names[key]]
        if not isinstance(ids, Items) or not went:
            continue
        if isinstance(there := sections.find("objections"), Items):
            splices.add(there, len(there), new)
            splices.remove(ids, went)
        elif len(went) == len(ids):
            splices.rename(sections.key("implementation"), "objections")
            splices.refill(ids, new)
        else:
            splices.remove(ids, went)
            splices.insert_list(sections, "implementation", "objections", new)


def _split(paragraph: Paragraph, said: list[re.Match[str]], names: list[str]) -> None:
    """Put an objection with its answer in the place of each paragraph."""
    kind, field, inner = paragraph.indents
    splices, fields = paragraph.splices, paragraph.fields
    entries = [
        f"{name}:\n{kind}objection:\n{_others(paragraph)}{field}says: >-\n{indent(each['says'], inner)}\n"
        f"{field}answer: |-\n{indent(each['answer'], inner)}\n"
        for name, each in zip(names, said, strict=True)
    ]
    start = origin_of(paragraph.key).start
    end = splices.end(fields)
    kept = "".join(f"{comment}\n" for comment in splices.comments(start, end, paragraph.entry))
    splices.put(start, end, kept + "\n".join(entries).rstrip("\n"))
