"""Whatever happens to a release, verify finds it, and never says more than it knows."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.problems import OutputError, UsageError
from press.release.verify import Verdict, verify
from press.release.verify.folder import _walk
from tests.support.project import files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.project import Project

ZIP = "handouts/gardens-of-the-town_red_en_2026-01.zip"
HTML, PDF, DATA = "en/red.html", "en/red.pdf", "data/en/red.json"


@pytest.fixture(scope="session")
def pristine(released: Path) -> dict[str, bytes]:
    """Return the files of a release."""
    return files(released)


@pytest.fixture
def copy(pristine: dict[str, bytes], tmp_path: Path) -> Path:
    """Return a copy of a release, as a recipient has it: it may be written to."""
    return written(tmp_path / "copy", pristine)


def written(folder: Path, content: dict[str, bytes]) -> Path:
    """Write files below *folder*."""
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_a_file_of_a_build_is_a_mistake_in_the_command(project: Project) -> None:
    """What to give instead is said; the folder of a build is no release."""
    done = project.run("verify", "build/en/red.pdf")
    assert (done.returncode, done.stdout) == (2, "")
    assert "build/en/red.pdf is what a build made; verify takes a release" in done.stderr


def found(verdict: Verdict) -> set[str]:
    """Return what was found, as 'path [kind]'."""
    assert verdict.status == (1 if verdict.damages else 0)
    assert not (verdict.damages and verdict.proved)
    return {f"{one.path} [{one.kind}]" for one in verdict.damages}


def test_a_release_is_sound(released: Path, copy: Path) -> None:
    """Where it was made, and as a copy under another name; what is not proved is said."""
    for folder in (released, copy):
        verdict = verify(folder)
        assert found(verdict) == set()
        assert verdict.release == "2026-01-15.1"
        assert any("who made it" in said for said in verdict.unproved)


# --- many damages, each found


Damage = dict[str, bytes]


def flipped(content: Damage, draw: random.Random) -> None:
    """Turn one bit of one file."""
    name = draw.choice(sorted(content))
    data, at = bytearray(content[name]), draw.randrange(len(content[name]))
    data[at] ^= 1 << draw.randrange(8)
    content[name] = bytes(data)


def cut(content: Damage, draw: random.Random) -> None:
    """Take the end of one file away."""
    name = draw.choice(sorted(content))
    content[name] = content[name][: draw.randrange(len(content[name]))]


def longer(content: Damage, draw: random.Random) -> None:
    """Put something behind one file."""
    content[draw.choice(sorted(content))] += draw.randbytes(draw.randrange(1, 9))


def lost(content: Damage, draw: random.Random) -> None:
    """Take one file away."""
    del content[draw.choice(sorted(content))]


def added(content: Damage, draw: random.Random) -> None:
    """Put a file in, with words of a new kind or of another file."""
    folder = draw.choice(["", "en/", "data/", "new/", "data/en/"])
    data = draw.choice([b"", b"new", content[draw.choice(sorted(content))]])
    content[
        f"{folder}{draw.choice(['x.html', '.hidden', 'SHA256SUMS.sig', 'RED.pdf', 'é.txt'])}"
    ] = data


def swapped(content: Damage, draw: random.Random) -> None:
    """Let two files change their places."""
    one, other = draw.sample(sorted(content), 2)
    content[one], content[other] = content[other], content[one]


def renamed(content: Damage, draw: random.Random) -> None:
    """Give one file another name."""
    name = draw.choice(sorted(content))
    change: Callable[[str], str] = draw.choice(
        [str.upper, lambda text: f"{text}~", lambda text: f"x{text}"]
    )
    content[change(name)] = content.pop(name)


def repeated(content: Damage, draw: random.Random) -> None:
    """Say something twice, or not at all, in the papers."""
    name = draw.choice(["SHA256SUMS", "manifest.json"])
    lines = content[name].splitlines(keepends=True)
    at = draw.randrange(len(lines))
    content[name] = b"".join([*lines[:at], *([lines[at]] * draw.choice([0, 2])), *lines[at + 1 :]])


DAMAGES = (flipped, cut, longer, lost, added, swapped, renamed, repeated)


def differing(folder: Path, one: Damage, other: Damage) -> None:
    """Make what is in *folder*, which is *one*, be *other*."""
    for name in one.keys() - other.keys():
        (folder / name).unlink()
        for above in list((folder / name).parents)[: name.count("/")]:
            if not any(above.iterdir()):
                above.rmdir()
    written(folder, {name: data for name, data in other.items() if one.get(name) != data})


def test_a_thousand_damages_are_found(pristine: dict[str, bytes], tmp_path: Path) -> None:
    """One bit, a cut, an addition, a loss, a swap, a new name, in files and papers: none passes for sound."""
    folder = written(tmp_path / "copy", pristine)
    for number in range(1000):
        draw = random.Random(number)  # noqa: S311 - the same damages in every run
        content = dict(pristine)
        damage = DAMAGES[number % len(DAMAGES)]
        damage(content, draw)
        if content == pristine:  # a swap of two files with the same bytes, if there were any
            continue
        differing(folder, pristine, content)
        assert verify(folder).status == 1, (number, damage.__name__)
        differing(folder, content, pristine)
        assert number % 20 or verify(folder).status == 0, (
            number
        )  # or else all that follows proves nothing


@pytest.mark.parametrize("name", ["SHA256SUMS", "manifest.json"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_a_paper_that_is_no_file_is_found(
    pristine: dict[str, bytes], tmp_path: Path, name: str, kind: str
) -> None:
    """It vouches for nothing, whatever it is instead."""
    folder = written(tmp_path / "copy", pristine)
    (folder / name).rename(tmp_path / "was")
    if kind == "pipe":
        os.mkfifo(folder / name)
    elif kind == "folder":
        (folder / name).mkdir()
    else:
        (folder / name).symlink_to(tmp_path / "was")
    told = verify(folder)
    assert told.status == 1
    assert name in {damage.path for damage in told.damages}


def test_a_damaged_handout_is_found(pristine: dict[str, bytes], tmp_path: Path) -> None:
    """Every kind of damage to the zip alone, without its release: one bit anywhere, a cut, something behind it."""
    path = tmp_path / "handout.zip"
    for number in range(400):
        draw = random.Random(number)  # noqa: S311 - the same damages in every run
        content = {"zip": pristine[ZIP]}
        (flipped, cut, longer)[number % 3](content, draw)
        path.write_bytes(content["zip"])
        assert verify(path).status == 1, number
    path.write_bytes(pristine[ZIP])
    assert verify(path).status == 0


@settings(max_examples=100)
@given(data=st.binary(max_size=300))
def test_any_bytes_may_be_given(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """What is called a zip, sums or a manifest, and is something else, is told and no traceback."""
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.zip", "manifest.json", "SHA256SUMS"):
        (folder / name).write_bytes(data)
    assert verify(folder).status == 1
    assert verify(folder / "a.zip", against=None).status == 1
    shutil.rmtree(folder)


# --- each kind of damage, and its name


def edit(folder: Path, name: str, old: bytes, new: bytes) -> None:
    """Change bytes of a file, which are there."""
    data = (folder / name).read_bytes()
    assert old in data
    (folder / name).write_bytes(data.replace(old, new, 1))


def linked(folder: Path) -> None:
    """Put a link to the same bytes in a file's place."""
    (folder / PDF).rename(folder.parent / "elsewhere.pdf")
    (folder / PDF).symlink_to(folder.parent / "elsewhere.pdf")


def pipe(folder: Path) -> None:
    """Put a pipe in a file's place, on which a reader would wait forever."""
    (folder / PDF).unlink()
    os.mkfifo(folder / PDF)


def swap(folder: Path) -> None:
    """Let two files change their places."""
    for old, new in ((PDF, "x"), ("en/blue.pdf", PDF), ("x", "en/blue.pdf")):
        (folder / old).rename(folder / new)


def resummed(folder: Path) -> None:
    """Change a file and the sums, and forget the manifest."""
    old = json.loads((folder / "manifest.json").read_bytes())
    [one] = (one for one in old["files"] if one["path"] == HTML)
    edit(folder, HTML, b"Crimson", b"Scarlet")
    new = hashlib.sha256((folder / HTML).read_bytes()).hexdigest()
    edit(folder, "SHA256SUMS", one["sha256"].encode(), new.encode())


CASES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "changed": (lambda f: edit(f, HTML, b"Crimson", b"Scarlet"), {f"{HTML} [changed]"}),
    "lost": (lambda f: (f / PDF).unlink(), {f"{PDF} [lost]"}),
    "added": (lambda f: (f / "en" / "x").write_bytes(b""), {"en/x [added]"}),
    "empty folder": (lambda f: (f / "new").mkdir(), {"new [added]"}),
    "swapped": (swap, {f"{PDF} [swapped]", "en/blue.pdf [swapped]"}),
    "moved": (lambda f: (f / PDF).rename(f / "en" / "Red.pdf"), {"en/Red.pdf [moved]"}),
    "link": (linked, {f"{PDF} [changed]"}),
    "pipe": (pipe, {f"{PDF} [changed]"}),
    "no sums": (lambda f: (f / "SHA256SUMS").unlink(), {"SHA256SUMS [lost]"}),
    "no manifest": (lambda f: (f / "manifest.json").unlink(), {"manifest.json [lost]"}),
    "papers at odds": (resummed, {f"{HTML} [papers]"}),
    "another schema": (
        lambda f: edit(f, "manifest.json", b'"schema": 2', b'"schema": 9'),
        {"manifest.json [changed]", "manifest.json [papers]"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_damage_is_called_what_it_is(copy: Path, name: str) -> None:
    """And only what is damaged is named."""
    change, wanted = CASES[name]
    change(copy)
    assert found(verify(copy)) == wanted


def test_a_file_that_becomes_a_link_meanwhile_is_not_followed(tmp_path: Path) -> None:
    """What the folder said of a file is old by the time it is opened."""
    for name in ("top/a", "top/b", "b"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    walk = _walk(tmp_path / "top")
    assert next(walk)[1]
    (tmp_path / "top/b").unlink()
    (tmp_path / "top/b").symlink_to(tmp_path / "b")
    assert list(walk) == [("b", "")]


def test_a_name_that_only_looks_the_same_is_told(copy: Path) -> None:
    """A letter in another case, or composed in another way, makes another file."""
    (copy / "en" / "RED.html").write_bytes(b"other")
    [damage] = verify(copy).damages
    assert "looks like en/red.html" in damage.message


def test_a_folder_that_bears_the_name_of_another_release_is_found(copy: Path) -> None:
    """Two releases that changed their names are whole, each for itself."""
    folder = copy.rename(copy.with_name("2026-01-15.2"))
    assert found(verify(folder)) == {"manifest.json [swapped]"}


def test_what_is_not_published_is_missed_where_it_was(
    released: Path, pristine: dict[str, bytes], tmp_path: Path
) -> None:
    """Beside the register all of it can be found lost; elsewhere nobody can tell that from a published copy."""
    own = {name: data for name, data in pristine.items() if not name.startswith("unpublished/")}
    folder = written(tmp_path / "2026-01-15.1", own)
    verdict = verify(folder)
    assert found(verdict) == set()
    assert any("unpublished/ is not here" in note for note in verdict.notes)
    shutil.copy(released.with_name(".register"), tmp_path)
    lost = {f"unpublished/{name} [lost]" for name in ("inputs.json", "read-me.txt")}
    assert found(verify(folder)) == lost
    assert found(verify(released / "unpublished" / "inputs.json")) == set()


NOTES = {"by": "Press", "schema": 1, "release": "2026-01-15.1", "files": {}}


def test_the_notes_of_publishing_are_known(pristine: dict[str, bytes], tmp_path: Path) -> None:
    """They are in each published folder; what they name is not believed, and others' notes are not known."""
    own = {name: data for name, data in pristine.items() if not name.startswith("unpublished/")}
    folder, notes = written(tmp_path / "site", own), "press-published.json"
    written(folder, {notes: json.dumps(NOTES).encode()})
    verdict = verify(folder)
    assert found(verdict) == set()
    assert not any("unpublished" in note for note in verdict.notes)
    assert found(verify(folder / notes)) == set()
    written(folder, {"en/x.html": b"x"})
    listed = {"en/x.html": {"sha256": hashlib.sha256(b"x").hexdigest()}}
    more = {"stale": {"en/x.html": "2026-01-14.1"}, "files": listed}
    written(folder, {notes: json.dumps(NOTES | more).encode()})
    assert found(verify(folder)) == {"en/x.html [added]"}
    (folder / "en" / "x.html").unlink()
    for other in (b"{}", b"[]", b"x", b'{"by": "Press", "stale": 1}', b"[" * 100_000):
        written(folder, {notes: other})
        assert found(verify(folder)) == {f"{notes} [added]"}


def test_where_a_release_was_made_nothing_was_published(
    pristine: dict[str, bytes], tmp_path: Path
) -> None:
    """The register beside it says that this is its own folder, where notes of publishing are others' work."""
    folder = written(tmp_path / "2026-01-15.1", pristine)
    written(folder, {"press-published.json": json.dumps(NOTES).encode()})
    assert found(verify(folder)) == set()
    digest = hashlib.sha256(pristine["SHA256SUMS"]).hexdigest()
    (tmp_path / ".register").write_text(f"{digest}  2026-01-15.1\n", "ascii")
    assert found(verify(folder)) == {"press-published.json [added]"}


def of_before(folder: Path) -> None:
    """Turn the release in *folder* into one of schema 1, which names its inputs and has nothing unpublished."""
    own = json.loads((folder / "unpublished" / "inputs.json").read_bytes())
    shutil.rmtree(folder / "unpublished")
    told = json.loads((folder / "manifest.json").read_bytes())
    del told["unpublished"]
    told |= {"schema": 1, "inputs": own["inputs"], "warnings": own["warnings"]}
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    statement = json.loads((folder / "provenance.json").read_bytes())
    statement["predicate"]["buildDefinition"]["resolvedDependencies"] = [
        {"name": one["path"], "digest": {"sha256": one["sha256"]}} for one in own["inputs"]
    ]
    (folder / "provenance.json").write_text(json.dumps(statement), "utf-8")
    forged(folder)


def test_a_release_of_before_is_verified(project: Project, copy: Path) -> None:
    """Its manifest has schema 1; it is sound, compared and published, and a damage to it is found."""
    of_before(copy)
    verdict = verify(copy)
    assert (found(verdict), verdict.notes) == (set(), ())
    assert project.good("diff", str(copy), "build").endswith("that a reader sees has changed\n")
    shutil.copytree(copy, project.root / "releases" / "2026-01-15.1")
    project.good("publish", str(copy.parent / "site"))
    assert found(verify(copy.parent / "site")) == set()
    edit(copy, HTML, b"Crimson", b"Scarlet")
    assert found(verify(copy)) == {f"{HTML} [changed]"}


def forged(folder: Path, *, provenance: bool = True) -> None:
    """Rewrite the papers to what lies in *folder*, as a forger would; also the provenance, unless it is forgotten."""
    content = {name: data for name, data in files(folder).items() if name != "SHA256SUMS"}
    from press.build.output_tree import entry  # noqa: PLC0415
    from press.ground import sums  # noqa: PLC0415
    from press.release.freeze.provenance import written as paper  # noqa: PLC0415

    if provenance:
        told = json.loads(content["provenance.json"])
        for one in told["subject"]:
            one["digest"]["sha256"] = sums.sha256(content[one["name"]])
        content["provenance.json"] = paper(told)
    manifest = json.loads(content["manifest.json"])
    manifest["files"] = [
        one | entry(one["path"], content[one["path"]], {}) for one in manifest["files"]
    ]
    content["manifest.json"] = paper(manifest)
    listed = {name: data for name, data in content.items() if not name.startswith("unpublished/")}
    written(folder, content | {"SHA256SUMS": sums.write(sums.digests(listed))})


def test_papers_that_were_all_rewritten_are_found_by_the_register(
    released: Path, copy: Path
) -> None:
    """Where a release was made, its digest is kept beside it; elsewhere only a signature tells."""
    edit(copy, HTML, b"Crimson", b"Scarlet")
    forged(copy)
    assert verify(copy).status == 0
    own = copy.rename(copy.with_name("2026-01-15.1"))
    shutil.copy(released.with_name(".register"), own.with_name(".register"))
    assert found(verify(own)) == {"SHA256SUMS [changed]"}


def zipped_anew(folder: Path) -> None:
    """Put another page into a zip, with true sums of its own."""
    from press.build import handout  # noqa: PLC0415
    from press.ground import sums  # noqa: PLC0415

    parts = dict(inside((folder / ZIP).read_bytes()))
    parts = {name: data.replace(b"Crimson", b"Scarlet") for name, data in parts.items()}
    del parts["SHA256SUMS"]
    parts["SHA256SUMS"] = sums.write(sums.digests(parts))
    (folder / ZIP).write_bytes(handout.zipped(parts, handout.dated("2026-01-15")))


def other_inputs(folder: Path) -> None:
    """Let the manifest list one input less."""
    told = json.loads((folder / "manifest.json").read_bytes())
    told["inputs"].pop()
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")


STEM = ZIP.removesuffix(".zip")
CONTRADICTIONS: dict[str, tuple[Callable[[Path], object], bool, set[str]]] = {
    "a page": (
        lambda f: edit(f, HTML, b"Crimson", b"Scarlet"),
        False,
        {f"{HTML} [papers]"},
    ),
    "its print": (lambda f: edit(f, PDF, b"%PDF", b"%PDE"), True, {f"{STEM}.pdf [papers]"}),
    "a print for passing on": (
        lambda f: edit(f, f"{STEM}.pdf", b"%PDF", b"%PDE"),
        True,
        {f"{STEM}.pdf [papers]", f"{ZIP} [papers]"},
    ),
    "a page in a zip": (zipped_anew, True, {f"{ZIP} [papers]"}),
    "a zip": (lambda f: edit(f, ZIP, b"Crimson", b"Scarlet"), True, {f"{ZIP} [changed]"}),
    "the release": (
        lambda f: edit(f, "provenance.json", b'"2026-01-15.1"', b'"2026-01-15.7"'),
        True,
        {"provenance.json [papers]"},
    ),
    "the inputs": (other_inputs, True, {"provenance.json [papers]"}),
    "no provenance": (
        lambda f: (f / "provenance.json").write_text("[]"),
        False,
        {"provenance.json [papers]"},
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_what_contradicts_itself_is_found_without_a_key(copy: Path, name: str) -> None:
    """Where sums and manifest were made to agree, and something else was forgotten."""
    change, provenance, wanted = CONTRADICTIONS[name]
    change(copy)
    forged(copy, provenance=provenance)
    assert found(verify(copy)) == wanted


# --- a handout


def packed(entries: list[tuple[str, bytes]], how: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip of files, one of which may be there twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in entries:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that the name is there already
                archive.writestr(zipfile.ZipInfo(name), data, how)
    return out.getvalue()


def inside(data: bytes) -> list[tuple[str, bytes]]:
    """Return what is in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


ZIPS: dict[str, Callable[[bytes], bytes]] = {
    "something behind it": lambda data: data + b"PK",
    "something before it": lambda data: b"x" + data,
    "a file twice": lambda data: packed([*inside(data), inside(data)[0]]),
    "a way out of the folder": lambda data: packed([*inside(data), ("../x.html", b"")]),
    "a bomb": lambda _: packed([("x.html", b"0" * 10_000_000)], zipfile.ZIP_DEFLATED),
    "packed": lambda data: packed(inside(data), zipfile.ZIP_DEFLATED),
    "another date": lambda data: packed(inside(data)),
    "one file less": lambda data: packed(inside(data)[:-1]),
    "no sums": lambda data: packed([one for one in inside(data) if one[0] != "SHA256SUMS"]),
    "empty": lambda _: packed([]),
}


@pytest.mark.parametrize("name", ZIPS)
def test_a_zip_that_press_did_not_make_is_found(
    pristine: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    """However whole it looks to a program that unpacks it."""
    path = tmp_path / "handout.zip"
    path.write_bytes(ZIPS[name](pristine[ZIP]))
    assert verify(path).status == 1


def test_a_handout_under_the_name_of_another_is_found(
    pristine: dict[str, bytes], tmp_path: Path
) -> None:
    """The zip of one audience is not taken for that of another; a name of the reader's own is no damage."""
    path = tmp_path / "gardens-of-the-town_blue_en_2026-01.zip"
    path.write_bytes(pristine[ZIP])
    assert found(verify(path)) == {f"{path.name} [swapped]"}
    assert verify(path.rename(tmp_path / "for you (1).zip")).status == 0


# --- one file


@pytest.mark.parametrize("name", [PDF, HTML, ZIP, DATA, "manifest.json"])
def test_one_file_is_known_by_its_release(
    copy: Path, released: Path, tmp_path: Path, name: str
) -> None:
    """In its folder, or elsewhere with the release beside it; a changed one is found."""
    assert verify(copy / name).status == 0
    alone = tmp_path / name.rpartition("/")[2]
    alone.write_bytes((copy / name).read_bytes())
    assert verify(alone, against=released).status == 0
    assert verify(alone, against=released / "SHA256SUMS").status == 0
    alone.write_bytes(alone.read_bytes()[:-1])
    assert found(verify(alone, against=released)) == {f"{alone.name} [changed]"}


def test_one_file_alone_proves_nothing(released: Path, tmp_path: Path) -> None:
    """That is no damage, and not sound either: the way out is said."""
    alone = tmp_path / "red.pdf"
    alone.write_bytes((released / PDF).read_bytes())
    with pytest.raises(UsageError, match="--against"):
        verify(alone)


def test_one_file_under_the_name_of_another_is_found(released: Path, tmp_path: Path) -> None:
    """By its path or by its speaking name; a file that no release has is told from a changed one."""
    for name in ("blue.pdf", "gardens-of-the-town_blue_en_2026-01.pdf"):
        alone = tmp_path / name
        alone.write_bytes((released / PDF).read_bytes())
        assert found(verify(alone, against=released)) == {f"{name} [swapped]"}
    alone = tmp_path / "letter.pdf"
    alone.write_bytes(b"%PDF")
    assert found(verify(alone, against=released)) == {"letter.pdf [added]"}


def test_one_file_by_papers_that_are_damaged_is_not_sound(copy: Path) -> None:
    """What vouches for it has to be whole itself."""
    edit(copy, "manifest.json", b'"pages": ', b'"pages":  ')
    assert "manifest.json [changed]" in found(verify(copy / PDF))
    (copy / "manifest.json").write_bytes(b"")
    assert verify(copy / PDF).status == 1


# --- the task


def told(project: Project, status: int, *words: str) -> dict[str, Any]:
    """Run the task, and return what it told as JSON."""
    done = project.run("verify", "--output", "json", *words)
    assert done.returncode == status, done
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_the_task_tells_in_words_and_as_data(project: Project, copy: Path, tmp_path: Path) -> None:
    """0 for sound, 1 for damage, 2 for what nothing vouches for, 74 for what is no release."""
    assert told(project, 0, str(copy))["release"] == "2026-01-15.1"
    shutil.copy(copy / PDF, tmp_path / "alone.pdf")
    assert "--against" in told(project, 2, str(tmp_path / "alone.pdf"))["message"]
    assert "is not a release" in told(project, 74, str(tmp_path))["message"]
    assert "there is no" in told(project, 74, str(tmp_path / "nothing"))["message"]
    (copy / "a\x1b[31m").write_bytes(b"")
    [damage] = told(project, 1, str(copy))["damages"]
    assert damage["kind"] == "added"
    done = project.run("verify", str(copy))
    assert done.returncode == 1
    assert r"a\x1b[31m: no release put it here [added]" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_release_of_a_later_version_is_not_judged(copy: Path) -> None:
    """Its manifest is whole, and holds what this version does not know."""
    from press.ground import sums  # noqa: PLC0415 - as that version would

    edit(copy, "manifest.json", b'"schema": 2', b'"schema": 3')
    content = {name: data for name, data in files(copy).items() if name != "SHA256SUMS"}
    (copy / "SHA256SUMS").write_bytes(sums.write(sums.digests(content)))
    with pytest.raises(OutputError, match="has schema 3; this version of Press knows 1 and 2"):
        verify(copy)
