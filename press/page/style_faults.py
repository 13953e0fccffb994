"""Judge the styles of templates: refuse what hides words, adds some, or is no style, with its line.

What a browser would show is not looked at in a build, so a style may only say what cannot hide anything. Where our own
templates need more, `own_styles.txt` has the declaration, with all that is around it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Token: TypeAlias = Any  # of tinycss2, which has no types

# Properties whose values are only held to the lengths and words below.
NAMES = (
    "align-content align-items align-self border border-bottom border-bottom-color "
    "border-bottom-style border-bottom-width border-collapse border-color border-left border-radius "
    "border-right border-spacing border-style border-top border-width box-sizing break-after "
    "break-before break-inside caption-side clear color-scheme column-count column-gap column-rule "
    "cursor flex flex-grow flex-shrink flex-wrap float font-kerning font-style font-variant-numeric "
    "gap grid-auto-rows grid-column grid-row grid-template-columns grid-template-rows hyphens "
    "image-rendering justify-content justify-items letter-spacing margin margin-bottom margin-left "
    "margin-right margin-top min-height min-width orphans outline-offset overflow-wrap padding "
    "padding-bottom padding-left padding-right padding-top print-color-adjust row-gap "
    "scroll-behavior scroll-margin-top size table-layout text-decoration-color "
    "text-decoration-thickness text-underline-offset text-wrap vertical-align widows word-break"
)
FREE = frozenset(NAMES.split())
COLOUR = r"var\(--(ink|soft|accent)\)|inherit|currentcolor"
GROUND = r"none|transparent|inherit|var\(--(paper|tint)\)"
SIZE, LINE = r"[\d.]+(pt|px|rem|em|%)", r"var\(--line-[a-z]+\)"
FORMS = {
    name: re.compile(form, re.IGNORECASE)
    for names, form in {
        "color": COLOUR,
        "background background-color": GROUND,
        "content": r'none|normal|"\W*"|counter\([a-z-]+\)',
        "counter-reset counter-increment": r"[a-z-]+",
        "display": r"(inline-)?(block|flex|grid)|inline|flow-root|list-item|table(-row|-cell)?",
        "position": r"static|relative",
        "left right top bottom": r"0|auto",
        "object-fit": r"contain",
        "object-position": r"left",
        "overflow": r"visible",
        "white-space": r"normal|nowrap|pre-line|pre-wrap",
        "flex-direction": r"row|column",
        "text-align": r"left|right|center|start|end|justify",
        "text-decoration text-decoration-line": r"none|underline|inherit",
        "list-style list-style-type": r"none|disc|circle|square|decimal",
        "font": r"inherit",
        "font-family": r'(var\(--(serif|sans|display)\)|"Press( [a-z]+)+"|inherit)(, (var\(--\w+\)|serif|sans-serif))*',
        "font-weight": r"400|600|normal|bold|inherit",
        "font-size": rf"inherit|var\(--type-[a-z]+\)|{SIZE}",
        "line-height": rf"inherit|normal|{LINE}|calc\({LINE} ?\* ?1[.\d]*\)|1(\.\d+)?|2|{SIZE}",
        "width max-width height max-height columns column-width flex-basis": r"(?!0).*",
    }.items()
    for name in names.split()
}
LIKE = {"--type-": "font-size", "--line-": "line-height", "--": "--"}  # properties of templates
COLOURS = re.compile(r"--(ink|soft|accent|paper|tint|pale|rule|grey|day|night|serif|sans|display)")
NARROW = ("width", "max-width", "height", "max-height", "column-width", "flex-basis")
# Lengths: the smallest of type, of NARROW, and those beyond which words leave the page, forwards and backwards.
LEAST = {"pt": 6, "px": 8, "rem": 0.5, "em": 0.6, "%": 60, "mm": 2.1}
NARROWEST = 2  # of any unit
MOST = {"pt": 850, "px": 1500, "rem": 90, "em": 90, "%": 100, "mm": 297, "ch": 90, "fr": 9, "": 4}
BACK = -0.05  # of any unit
AROUND = {"media", "supports", "page"}  # rules that others stand in
CALLS = {"var", "calc", "clamp", "minmax", "repeat", "min", "max", "counter", "fit-content"}
OUT = "take it out of the style"


def faults(css: str) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with a style, each with its line."""
    import tinycss2  # type: ignore[import-untyped]  # noqa: PLC0415 - an unchanged build does without

    def inside(nodes: Iterable[Token], around: str) -> Iterator[tuple[int, str]]:
        for node in nodes:
            kind, line = node.type, node.source_line
            head = _words(getattr(node, "prelude", ()))
            if kind == "at-rule":
                head, margin = f"@{node.at_keyword} {head}".strip(), around.startswith("@page")
                if node.content is None or not (margin or node.lower_at_keyword in AROUND):
                    yield line, f"a style of ours has no @{node.at_keyword}; {OUT}"
                    continue
            if kind == "declaration":
                yield from ((line, message) for message in _declaration(node, around))
            elif kind in {"at-rule", "qualified-rule"}:
                rules = kind == "at-rule" and node.lower_at_keyword in {"media", "supports"}
                read = tinycss2.parse_rule_list if rules else tinycss2.parse_blocks_contents
                found = read(node.content, skip_comments=True, skip_whitespace=True)
                yield from inside(found, f"{around} {head}".strip())
            else:
                yield line, f"this is no style: {getattr(node, 'message', node.type)}"

    yield from inside(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), "")


def _declaration(node: Token, around: str) -> Iterator[str]:
    name, value = node.lower_name, _words(node.value)
    if f"{around} {{ {name}: {value} }}" in _own():
        return
    like = next((form for start, form in LIKE.items() if name.startswith(start)), name)
    form = FORMS.get(like)
    if COLOURS.fullmatch(name) or not (form or like in FREE or like == "--"):
        yield f"a style of ours does not set '{name}', which could hide words; {OUT}"
    elif (form and not form.fullmatch(value)) or [*_strays(node.value, like)]:
        yield f"'{name}: {value[:60]}' could hide, move or add words; {OUT}"


def _strays(tokens: Iterable[Token], name: str) -> Iterator[Token]:
    """Yield the parts of a value that fetch something, add words or are beyond the bounds."""
    for token in tokens:
        kind = token.type
        if kind in {"number", "dimension", "percentage"}:
            unit = "%" if kind == "percentage" else getattr(token, "lower_unit", "")
            least = LEAST.get(unit, BACK) if name in {"font-size", "line-height"} else BACK
            least = NARROWEST if name in NARROW and unit else least
            most = 600 if name == "font-weight" else MOST.get(unit, 0)
            if not least <= token.value <= most:
                yield token
        elif kind == "function":
            yield from _strays(token.arguments, name)
            if token.lower_name not in CALLS:
                yield token
        elif kind in {"() block", "[] block"}:
            yield from _strays(token.content, name)
        elif kind in {"url", "bad-url", "error", "{} block"} or (
            kind == "string" and name != "font-family" and re.search(r"\w", token.value)
        ):
            yield token


def _words(tokens: Iterable[Token]) -> str:
    """Return *tokens* as text, with single spaces and those after commas alone."""
    text = "".join("" if token.type == "comment" else token.serialize() for token in tokens)
    return re.sub(r" ?, ?", ", ", " ".join(text.split()))


@cache
def hiding_classes() -> frozenset[str]:
    """Return the classes by which our own styles hide what has them, or lift it out."""
    hides = re.compile(
        r"(?:@media print )?(\.[^:{]+) { (?:display: none|position: (?:absolute|fixed)) }"
    )
    rules = filter(None, map(hides.fullmatch, _own()))
    return frozenset(name for rule in rules for name in re.findall(r"\.([\w-]+)(?=,|\Z)", rule[1]))


@cache
def _own() -> frozenset[str]:
    file = Path(__file__).with_name("own_styles.txt")
    return frozenset(file.read_text("utf-8").splitlines())
