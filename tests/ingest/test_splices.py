"""Whatever way a brief is typed, its sections move and all comments stay."""

from __future__ import annotations

import re

import yaml
from hypothesis import given
from hypothesis import strategies as st

from press.content.reader.files import decode
from press.content.reader.yaml_tree import build_tree
from press.ingest.upgrade.rewriting import rewrite_names
from press.ingest.upgrade.splices import Note, Splices

NAMES = st.lists(
    st.sampled_from(["a", "b", "c-d", "'e'", '"f-1"', "since"]), unique=True, max_size=4
)
REMARKS = st.sampled_from(["", "  # since: [x]", " # ә — 'option'"])
COMMENT = re.compile(r"(?:\A|(?<=\s))#[^\r\n]*")


@st.composite
def lists(draw: st.DrawFn, indent: str) -> str:
    """Return a list, in lines or in brackets, behind its key."""
    names = draw(NAMES)
    match draw(st.sampled_from(["brackets", "broken", "lines"])) if names else "brackets":
        case "brackets":
            return f" [{', '.join(names)}]{draw(REMARKS)}\n"
        case "broken":
            return f" [{f',{chr(10)}{indent}   '.join(names)}]{draw(REMARKS)}\n"
        case _:
            inner = indent + draw(st.sampled_from(["", "  "]))
            lines = [draw(REMARKS), "\n"]
            for name in names:
                lines += [f"{inner}#{draw(REMARKS)}\n"] * draw(st.booleans())
                remark = draw(REMARKS) if name[0] in "'\"" else ""
                lines.append(f"{inner}- {name}{remark}\n")
            return "".join(lines)


@st.composite
def briefs(draw: st.DrawFn) -> str:
    """Return the file of a brief."""
    sections = draw(st.permutations(["evidence", "since", "made"]))
    indent = draw(st.sampled_from(["  ", "    "]))
    lines = ["title: since\n", f"sections:{draw(REMARKS)}\n"]
    for name in sections[: draw(st.integers(1, 3))]:
        lines += [f"{indent}# of {name}\n"] * draw(st.booleans())
        lines += [f"{indent}{name}:{draw(lists(indent))}"]
        lines += ["\n"] * draw(st.booleans())
    text = "".join([*lines, *["status: draft\n"] * draw(st.booleans())])
    text = text if draw(st.booleans()) else text.rstrip("\n")
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace(
        "\n", draw(st.sampled_from(["\n", "\r\n"]))
    )


@given(briefs())
def test_sections_move_and_nothing_else(typed: str) -> None:
    """Comments stay, though they may be on other lines, and so do line ends; a second run changes nothing."""
    before = yaml.safe_load(typed.removeprefix("\ufeff"))["sections"]
    wanted = {name: ids for name, ids in before.items() if name != "since"}
    if "since" in before:
        own = before.get("evidence", [])
        wanted["evidence"] = [*own, *(name for name in before["since"] if name not in own)]
    data, left = rewrite(typed.encode())
    if left:  # some of a list in lines stood in both, or nothing would be left
        assert data == typed.encode()
        return
    text = data.decode()
    assert yaml.safe_load(text.removeprefix("\ufeff"))["sections"] == wanted
    assert sorted(COMMENT.findall(text)) == sorted(COMMENT.findall(typed))
    assert text.startswith("\ufeff") == typed.startswith("\ufeff")
    if "\r\n" in typed:
        assert not re.search(r"(?<!\r)\n", text)
    else:
        assert "\r" not in text
    assert rewrite(data)[0] == data


def rewrite(data: bytes) -> tuple[bytes, list[Note]]:
    """Return the file of a brief with its names of today, and what is left to do."""
    file = decode(data, "a.yaml")
    tree, problems = build_tree(file)
    assert tree is not None, problems
    splices = Splices(data, file, tree)
    rewrite_names(splices, "briefs")
    return splices.result(), splices.left
