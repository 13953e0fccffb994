"""A series that was written for older keys is told what they are called now, and rewritten whole or not at all."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import signal
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from press.content.library import load
from press.content.moved import BY_HAND, TABLE
from press.ground.paths import Folders, shown
from press.ingest.upgrade import Upgrade, upgrade
from press.ingest.upgrade.series_files import write_files
from press.problems import ContentRefusedError, OutputError, RefusedError, TryAgainError
from press.rulebook import rules
from tests.ingest.test_killed import killed
from tests.ingest.works import do
from tests.support.folders import HERE, apart
from tests.support.project import files, needs

if TYPE_CHECKING:
    from collections.abc import Iterator

OLDER = HERE.root / "tests" / "older"
CALLS = ("link", "linkat", "rename", "renameat2", "fsync", "unlink", "rmdir")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a series for older keys: of two audiences, one file with the line ends of Windows, one with a mark."""
    content = tmp_path / "content"
    shutil.copytree(OLDER, content)
    homes, council = content / "blocks/homes.yaml", content / "briefs/council.yaml"
    homes.write_bytes(homes.read_bytes().replace(b"\n", b"\r\n"))
    council.write_bytes(b"\xef\xbb\xbf" + council.read_bytes())
    return content


def upgraded(content: Path, *, dry: bool = False) -> Upgrade:
    """Upgrade a series, whatever git says."""
    return upgrade(apart(content.parent / "work", content), lambda _: None, dry=dry)


def difference(old: bytes, new: bytes) -> list[str]:
    """Return the lines that went and came, line ends included."""
    before, after = (text.decode().splitlines(keepends=True) for text in (old, new))
    found = difflib.unified_diff(before, after, n=0)
    return [line for line in list(found)[2:] if not line.startswith("@@")]


def lines(text: str, end: str = "\n") -> list[str]:
    """Return the lines of a difference as they are typed in a test."""
    return [f"{line.removeprefix('|')}{end}" for line in text.strip().split("\n")]


# ---------------------------------------------------------------------- what is told


def test_every_older_name_is_told_at_once_with_what_it_is_called_now(content: Path) -> None:
    """In blocks, briefs, limits and words."""
    found = load(content, "content").faults
    option = "kind 'option' is now 'alternative'; ./inv upgrade rewrites it [schema]"
    since = "section 'since' is now 'evidence': later facts stand there, each with its year"
    gone = "is gone: 'pages' and 'words' count all that is printed now; ./inv upgrade takes it out [schema]"
    allowed = "is gone: only blocks set rules aside, and budgets bind final briefs; ./inv upgrade takes it out [schema]"
    assert [str(fault.problem).replace(" error:", "") for fault in sorted(found)] == [
        f"content/blocks/council.yaml:28:3: {option}",
        f"content/blocks/council.yaml:38:3: {option}",
        f"content/blocks/homes.yaml:11:16: {option}",
        f"content/briefs/council.yaml:24:3: {since}; ./inv upgrade rewrites it [schema]",
        f"content/briefs/homes.yaml:7:3: {since}; ./inv upgrade rewrites it [schema]",
        f"content/limits.yaml:6:44: {since}; ./inv upgrade rewrites it [schema]",
        f"content/limits.yaml:8:3: limit 'body_pages' {gone}",
        f"content/limits.yaml:9:3: limit 'fold' {gone}",
        f"content/limits.yaml:12:13: limit 'fold' {gone}",
        f"content/limits.yaml:12:45: limit 'body_pages' {gone}",
        f"content/limits.yaml:14:1: key 'allow' {allowed}",
        f"content/terms/en.yaml:3:81: {since}; ./inv upgrade rewrites it [schema]",
    ]


def test_the_table_names_what_is_there() -> None:
    """A row whose new name has gone in its turn would lead nowhere."""
    schemas = (HERE.code / "schema").glob("*.json")
    known = " ".join(path.read_text("utf-8") for path in schemas)
    for row in TABLE:
        assert f'"{row.new or row.among}"' in known
    assert rules().keys() >= BY_HAND


# ---------------------------------------------------------------------- what is rewritten

COUNCIL = """
|-  option:\t# kind
|+  alternative:\t# kind
|-  "option":
|+  "alternative":
"""
HOMES = """
|-homes-option: {option: {who: Homes, does: "ask for meters.[^meters]", by: 2027-06,
|+homes-option: {alternative: {who: Homes, does: "ask for meters.[^meters]", by: 2027-06,
"""
BRIEF = """
|+  - council-since
|+  - shared-since
|-  since:   # newest last
|-    # the count of 2024
|-    - council-since
|-    - "shared-since"  # for both
|+  # newest last
|+  # the count of 2024
|+  # for both
"""
OTHER = """
|-  since: [shared-since], made: [shared-made]}
|+  evidence: [shared-since], made: [shared-made]}
"""
LIMITS = """
|-  sections: [main, messages, ask, unknown, since, made]  # in this order
|+  sections: [main, messages, ask, unknown, evidence, made]  # in this order
|-  body_pages: 4   # before 'since'
|-  fold: 4
|+  # before 'since'
|-  council: {fold: 2, pages: 4, words: 1400, body_pages: 3}
|+  council: {pages: 4, words: 1400}
|-allow:
|-  - rule: fold
|-    reason: "notes take a page"   # of five
|-    by: the editor
|+# of five
"""
TERMS = """
|-  - {word: bursting, say: leaking, reason: it is calmer, source: house, unless: since}   # not in the news
|+  - {word: bursting, say: leaking, reason: it is calmer, source: house, unless: evidence}   # not in the news
"""


def test_only_what_moved_is_rewritten(content: Path) -> None:
    """Comments, order, indents, quotes, line ends and words that only look like a key stay as they are."""
    before = files(content)
    upgraded(content)
    after = files(content)
    assert before.keys() == after.keys()
    changed = {name: difference(before[name], after[name]) for name in before}
    wanted = {
        "blocks/council.yaml": lines(COUNCIL),
        "blocks/homes.yaml": lines(HOMES, "\r\n"),
        "briefs/council.yaml": lines(BRIEF),
        "briefs/homes.yaml": [each.replace("}\n", "}") for each in lines(OTHER)],
        "limits.yaml": lines(LIMITS),
        "terms/en.yaml": lines(TERMS),
    }
    assert {name: each for name, each in changed.items() if each} == wanted
    assert after["briefs/council.yaml"].startswith(b"\xef\xbb\xbf")


def texts(value: object) -> Iterator[str]:
    """Yield what an author typed in a block, in its order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner) if key not in {"audiences", "origin", "by"} else ()
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)


def words(content: Path, brief: str) -> Counter[str]:
    """Return the words of all blocks of a brief, without marks of emphasis, of quotations and of items."""
    blocks: dict[str, Any] = {}
    for path in (content / "blocks").iterdir():
        blocks |= yaml.load(path.read_text("utf-8-sig"), yaml.CSafeLoader)
    sections = yaml.safe_load(
        (content / f"briefs/{brief}.yaml").read_text("utf-8-sig").replace("\t", " ")
    )["sections"]
    printed = [next(iter(blocks[key].values())) for ids in sections.values() for key in ids]
    return Counter(re.findall(r"[^\s*\"“”«»-]+", " ".join(texts(printed))))


@pytest.mark.parametrize("brief", ["council", "homes"])
def test_no_word_of_a_brief_is_lost_or_added(content: Path, brief: str) -> None:
    """Whatever became of its blocks."""
    before = words(content, brief)
    assert before.total() > 60
    upgraded(content)
    assert words(content, brief) == before


def test_a_second_run_changes_nothing(content: Path) -> None:
    """Nor does it touch a file."""
    assert len(upgraded(content).texts) == 6
    times = {path: (path.stat().st_ino, path.stat().st_ctime_ns) for path in content.rglob("*")}
    again = upgraded(content)
    assert (again.texts, again.done) == ({}, ())
    assert all((path.stat().st_ino, path.stat().st_ctime_ns) == times[path] for path in times)


def test_the_mode_of_a_file_stays_and_so_does_what_nobody_reads(content: Path) -> None:
    """Hidden files, links, empty folders and files of other programs."""
    (content / "blocks/homes.yaml").chmod(0o640)
    (content / "blocks/.homes.yaml.swp").write_bytes(b"\x00")
    (content / "empty").mkdir()
    (content / "blocks/also.yaml").symlink_to("shared.yaml")
    before = {path.relative_to(content) for path in content.rglob("*")}
    upgraded(content)
    assert {path.relative_to(content) for path in content.rglob("*")} == before
    assert (content / "blocks/homes.yaml").stat().st_mode & 0o777 == 0o640
    assert (content / "blocks/also.yaml").readlink() == Path("shared.yaml")
    assert (content / "blocks/also.yaml").read_bytes() == (
        content / "blocks/shared.yaml"
    ).read_bytes()


# ---------------------------------------------------------------------- single files

SECTIONS = """\
sections:
  evidence: [one]
  since: [two, three]
  made: [four]
"""


@pytest.mark.parametrize(
    ("place", "typed", "wanted"),
    [
        (
            "briefs",
            SECTIONS,
            SECTIONS.replace("[one]", "[one, two, three]").replace("  since: [two, three]\n", ""),
        ),
        # the last key, in a file without a line end
        (
            "briefs",
            "sections:\n  evidence: [one]\n  since: [two]",
            "sections:\n  evidence: [one, two]\n",
        ),
        ("briefs", "sections:\n  evidence: []\n  since: [two]\n", "sections:\n  evidence: [two]\n"),
        (
            "briefs",
            "sections:\n  evidence: [one,\n    x]\n  since: []\n",
            "sections:\n  evidence: [one,\n    x]\n",
        ),
        (
            "briefs",
            "sections:\n  since:\n  - two\n  made: []\n",
            "sections:\n  evidence:\n  - two\n  made: []\n",
        ),
        ("briefs", "sections: {'since': [two]}\n", "sections: {'evidence': [two]}\n"),
        # what stands in both is printed once
        (
            "briefs",
            SECTIONS.replace("[one]", "[two]"),
            "sections:\n  evidence: [two, three]\n  made: [four]\n",
        ),
        ("briefs", "title: 'since: x'\nsummary: option\n", ""),
        (
            "blocks",
            "since:\n  option:\n    who: 'option:'\n",
            "since:\n  alternative:\n    who: 'option:'\n",
        ),
        ("blocks", "option:\n  paragraph:\n    text: since\n", ""),
        (
            "blocks",
            "a:\n  option:\n    unknown: 1\n    who: x\n",
            "a:\n  alternative:\n    unknown: 1\n    who: x\n",
        ),
        ("limits.yaml", "all: {sections: [since]}\n", "all: {sections: [evidence]}\n"),
        ("limits.yaml", "all: {sections: [since, evidence]}\n", "all: {sections: [evidence]}\n"),
        (
            "limits.yaml",
            "all:\n  sections:\n  - evidence\n  - since\n",
            "all:\n  sections:\n  - evidence\n",
        ),
    ],
)
def test_older_names_are_rewritten_wherever_they_are_typed(
    tmp_path: Path, place: str, typed: str, wanted: str
) -> None:
    """And words that are no names stay."""
    content = tmp_path / "content"
    path = content / place if place.endswith("yaml") else content / place / "a.yaml"
    path.parent.mkdir(parents=True)
    (content / "series.yaml").write_text("", "utf-8")
    path.write_text(typed, "utf-8")
    upgraded(content)
    assert path.read_text("utf-8") == (wanted or typed)


UNSURE = "; the program is not sure how it is typed: write it by hand"
OBJECTIONS = (
    "objections are blocks 'objection' now, of the section 'objections' behind 'implementation'"
)
GAPS = "a list of gaps is a block 'gaps' now, and the words above it a paragraph of their own"
FOLD = "limit 'fold' is gone: 'pages' and 'words' count all that is printed now"
TWO = "kind 'option' is now 'alternative', which is here too: take one of them out"
SINCE = "section 'since' is now 'evidence': later facts stand there, each with its year"


@pytest.mark.parametrize(
    ("place", "old", "new", "said"),
    [
        ("blocks/council.yaml:39:3", '  "option":\n', "  alternative: {}\n  option:\n", TWO),
        (
            "briefs/homes.yaml:7:18",
            "since: [shared-since]",
            "evidence: [x], since: a",
            SINCE + UNSURE,
        ),
        (
            "briefs/council.yaml:24:3",
            "  since:   # newest last\n    # the count of 2024\n    - council-since",
            "  since:\n    - [council-since]",
            SINCE + UNSURE,
        ),
        ("limits.yaml:12:13", "{fold: 2, pages", "{fold: 2,  # two\n    pages", FOLD + UNSURE),
    ],
)
def test_what_the_program_is_not_sure_of_is_left_to_the_author(
    content: Path, place: str, old: str, new: str, said: str
) -> None:
    """With its place, which stays as it is; so do the briefs that name it."""
    path = content / place.partition(":")[0]
    text = path.read_bytes().decode()
    ending = "\r\n" if "\r\n" in text else "\n"
    old, new = (typed.replace("\n", ending) for typed in (old, new))
    assert text.count(old) == 1
    path.write_bytes(text.replace(old, new).encode())
    done = upgraded(content)
    told = [f"{note.place}: {note.message}" for note in done.left]
    assert f"{shown(content)}/{place}: {said}" in told
    assert f"{shown(content)}/{place}" not in {str(note.place) for note in done.done}


def test_what_only_an_author_can_write_is_listed(content: Path) -> None:
    """With its place after the move: alternatives that lack something, and what briefs have today."""
    left = {
        (str(note.place).removeprefix(f"{shown(content)}/"), note.message[:47])
        for note in upgraded(content).left
    }
    assert ("blocks/council.yaml:31:11", "this alternative lacks name, legal, benefit, pr") in left
    assert ("briefs/council.yaml:20:7", "'preferred' is given to none of 2 alternatives:") in left
    assert ("briefs/homes.yaml:4:8", "brief 'homes' has no section 'country' and no '") in left
    assert {
        (place, message) for place, message in left if message in {GAPS[:47], OBJECTIONS[:47]}
    } == {
        ("blocks/council.yaml:51:1", OBJECTIONS[:47]),
        ("blocks/homes.yaml:13:1", OBJECTIONS[:47]),
        ("blocks/homes.yaml:17:1", GAPS[:47]),
        ("blocks/shared.yaml:16:1", GAPS[:47]),
    }


def test_templates_with_older_names_are_listed(content: Path, tmp_path: Path) -> None:
    """They are the author's, and are not rewritten."""
    folders = apart(tmp_path / "work", content)
    root = tmp_path / "root"
    (root / "templates/blocks/option").mkdir(parents=True)
    (root / "templates").joinpath("fonts").symlink_to(HERE.fonts)
    page = '<p>An option since then.</p>\n{% if section.name == "since" %}{% include "blocks/option/a.j2" %}\n'
    (root / "templates/page.html.j2").write_text(page, "utf-8")
    (root / "templates/own.css").write_text(
        "/* caf\xe9 */ .section--since {}\n.option__who {}\n.options {}\n", "latin-1"
    )
    left = upgrade(replace(folders, root=root), lambda _: None).left
    names = {
        (Path(place.path).name, place.line, message.partition("name: ")[2][:14])
        for place, message in left
    }
    assert {each for each in names if each[0] in {"page.html.j2", "own.css"}} == {
        ("page.html.j2", 2, "section 'since"),
        ("page.html.j2", 2, "kind 'option' "),
        ("own.css", 1, "section 'since"),
        ("own.css", 2, "kind 'option' "),
    }


# ---------------------------------------------------------------------- all or nothing


def refused(content: Path, error: type[Exception], *said: str) -> None:
    """Upgrade in vain: nothing changes."""
    before = files(content)
    with pytest.raises(error) as caught:
        upgraded(content)
    assert all(each in str(caught.value) for each in said)
    assert files(content) == before
    assert [path.name for path in content.parent.iterdir() if path.name.startswith(".")] == []


def test_a_file_with_a_mistake_stops_all(content: Path) -> None:
    """All mistakes are told."""
    for name in ("blocks/council.yaml", "briefs/homes.yaml"):
        path = content / name
        path.write_bytes(path.read_bytes() + b"\nx: 'open\n")
    refused(
        content,
        ContentRefusedError,
        "blocks/council.yaml:",
        "briefs/homes.yaml:",
        "is never closed",
    )


def test_a_file_that_may_not_be_written_stops_all(content: Path) -> None:
    """Its author meant something by that."""
    (content / "briefs/council.yaml").chmod(0o444)
    refused(content, RefusedError, "briefs/council.yaml may not be written; allow it (chmod u+w)")


def test_nobody_is_left_in_a_folder_that_is_gone(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is exchanged, and a shell that stands in the old one could do nothing more."""
    monkeypatch.chdir(content / "blocks")
    refused(content, RefusedError, "is exchanged as a whole: run it from the folder above")


def test_in_a_folder_with_outputs_all_is_put_back_if_one_file_changes_meanwhile(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a folder is not exchanged; its files are rewritten one by one, where the user stands in it too."""
    (content / "build").mkdir()
    monkeypatch.chdir(content)
    place, before = Folders.of(HERE.root, content), files(content)

    def write(paths: tuple[Path, ...]) -> None:
        before[shown(paths[-1])] += b"# more\n"
        paths[-1].write_bytes(before[shown(paths[-1])])

    with pytest.raises(TryAgainError, match="was changed just now; run it again"):
        upgrade(place, write)
    assert files(content) == before
    assert len(upgrade(place, lambda _: None).texts) == 6
    assert not upgrade(place, lambda _: None).texts
    assert (content / "build").is_dir()


def test_a_file_that_is_no_text_stops_all(content: Path) -> None:
    """It cannot be read."""
    (content / "terms/xx.yaml").write_bytes(b"\xff\xfe")
    (content / "terms/yy.yaml").mkdir()
    refused(content, ContentRefusedError, "terms/xx.yaml:1:1", "terms/yy.yaml:1:1")


def test_a_file_that_changes_meanwhile_stops_all(content: Path) -> None:
    """What its author has just written is not lost."""
    path = content / "briefs/council.yaml"

    def write(_: object) -> None:
        path.write_bytes(path.read_bytes() + b"# more\n")

    with pytest.raises(TryAgainError, match=r"council\.yaml was changed just now; run it again"):
        upgrade(apart(content.parent / "work", content), write)
    assert b"since:" in path.read_bytes()


def test_a_dry_run_changes_nothing(content: Path) -> None:
    """And tells the same."""
    before = files(content)
    told = upgraded(content, dry=True)
    assert files(content) == before
    assert upgraded(content) == told


def test_killed_at_any_moment_it_has_changed_all_or_nothing(content: Path) -> None:
    """The next run ends its work, and nothing lies beside."""
    needs("strace")
    place = content.parent
    old = files(content)
    do("upgrade", place)
    new = files(content)
    beside = sorted(path.name for path in place.iterdir())
    assert old != new
    kills = 0
    with killed("upgrade", place, CALLS) as killing:
        for call in CALLS:
            for number in range(1, 20, 5):
                shutil.rmtree(content)
                for name, data in old.items():
                    (content / name).parent.mkdir(parents=True, exist_ok=True)
                    (content / name).write_bytes(data)
                if (status := killing(call, number)) == 0:
                    break
                assert status == -signal.SIGKILL
                kills += 1
                assert files(content) in (old, new)
                do("upgrade", place)
                assert files(content) == new
                assert sorted(path.name for path in place.iterdir()) == beside
    assert kills > 4


def test_a_word_that_may_stand_in_more_places_now_is_left_to_its_author(content: Path) -> None:
    """The blocks of 'since' are at the end of 'evidence', and so are those of before."""
    [note] = [each for each in upgraded(content).left if "unless" in each.message]
    assert str(note.place).endswith("terms/en.yaml:3:81")
    assert "not in what was 'since' alone: take it out" in note.message
    assert [each for each in upgraded(content).left if "unless" in each.message] == []


def own_folder(tmp_path: Path) -> Folders:
    """Return the folders of a series that lies in a folder of its own."""
    return Folders.of(
        HERE.root, Path(shutil.copytree(HERE.root / "tests" / "library", tmp_path / "town"))
    )


def test_what_cannot_be_put_back_is_named_and_the_rest_is(tmp_path: Path) -> None:
    """Where somebody changes the files meanwhile."""
    folders = own_folder(tmp_path)
    names = ("terms/en.yaml", "limits.yaml", "series.yaml")
    first, second, third = (folders.content / name for name in names)

    class Meanwhile(dict[Path, tuple[bytes, bytes]]):
        """Texts of which the first is a folder, and the third another, once two are written."""

        def items(self) -> Iterator[tuple[Path, tuple[bytes, bytes]]]:  # type: ignore[override]
            for path, pair in super().items():
                if path == third and second.read_bytes() == self[second][1]:
                    first.unlink()
                    first.mkdir()
                    third.write_bytes(b"other")
                yield path, pair

    texts = Meanwhile(
        {path: (old := path.read_bytes(), old + b"\n") for path in (first, second, third)}
    )
    with pytest.raises(OutputError) as refused:
        write_files(folders, texts, dry=False)
    assert str(refused.value).endswith("en.yaml could not be put back")
    assert "was changed just now" in str(refused.value)
    assert second.read_bytes() == texts[second][0]


def test_what_cannot_be_copied_is_named_as_it_lies(tmp_path: Path) -> None:
    """By its own path, not that of the copy."""
    folders = own_folder(tmp_path)
    (folders.content / "images").mkdir()
    os.mkfifo(folders.content / "images" / "a.png")
    path = folders.content / "limits.yaml"
    texts = {path: (path.read_bytes(), b"")}
    with pytest.raises(RefusedError) as refused:
        write_files(folders, texts, dry=True)
    assert (
        str(refused.value)
        == f"{shown(folders.content)}/images/a.png is no file, or may not be read; move it"
    )
