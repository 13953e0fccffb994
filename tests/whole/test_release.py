"""A release is what was built, whole, told truly, the same everywhere, and never changed again."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import stat
import zipfile
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from press.build.formats import FORMATS
from press.deliver.publish.site_files import site_files
from press.page.cut import lone
from press.release import shelf
from press.release.freeze.ids import following
from press.release.verify import verify
from tests.support.project import ROOT, Project, copied, files, needs, run
from tests.whole.test_contract import Links, laid_open

if TYPE_CHECKING:
    from pathlib import Path

BRIEFS = ("blue", "red")
SLUG = "gardens-of-the-town"
OWN = {"blue": b"Azure", "red": b"Crimson"}
ENDINGS = tuple(row.ending for row in FORMATS.values())
FILES = {
    *("index.html", "evidence.html", "data/claims.json", "data/claims.csv"),
    *(f"en/{brief}{ending}" for brief in BRIEFS for ending in (*ENDINGS, ".png")),
    *(f"data/en/{brief}.json" for brief in BRIEFS),
    *(
        f"handouts/{SLUG}_{brief}_en_2026-01{ending}"
        for brief in BRIEFS
        for ending in (*ENDINGS, ".zip")
    ),
    *("unpublished/inputs.json", "unpublished/read-me.txt"),
    *("changes.txt", "changes.json", "provenance.json", "sbom.json", "manifest.json", "SHA256SUMS"),
}
PUBLISHED = {name for name in FILES if not name.startswith("unpublished/")}
OLD, NEW = "They are quiet.[^quiet]", "They are calm.[^quiet]"
FIRST = "2026-01-15.1"
WRONG = "There were {gardens.total} gardens and 7 trees."  # no claim stands behind 7


class Place:
    """A project and a folder for its releases."""

    def __init__(self, project: Project, folder: Path) -> None:
        self.project = project
        self.folder = folder

    def release(self, *words: str, status: int = 0) -> dict[str, Any]:
        """Release, and return what it told; where there is no git, nobody can say what is committed."""
        if not (self.project.root / ".git").exists():
            words = (*words, "--uncommitted")
        words = ("release", "--output", "json", "--releases", str(self.folder), *words)
        done = self.project.run(*words)
        assert done.returncode == status, done
        told: dict[str, Any] = json.loads(done.stdout)
        assert told["status"] == status
        return told

    def refused(self, *words: str) -> list[str]:
        """Release what is refused, and return the words of the problems; nothing was released."""
        before = sorted(path.name for path in self.folder.glob("*"))
        told = self.release(*words, status=65)
        assert sorted(path.name for path in self.folder.glob("*")) == before
        return [f"{one['path']} [{one['rule']}]" for one in told["problems"]]

    def told(self) -> list[str]:
        """Release what is refused, and return the messages."""
        return [str(one["message"]) for one in self.release(status=65)["problems"]]

    def manifest(self, release: str) -> dict[str, Any]:
        """Return the manifest of one release."""
        told: dict[str, Any] = json.loads((self.folder / release / "manifest.json").read_bytes())
        return told


@pytest.fixture
def place(project: Project, tmp_path: Path) -> Place:
    """Return the built project, nothing of which is released yet."""
    return Place(project, tmp_path / "releases")


@pytest.fixture
def again(place: Place, released: Path) -> Place:
    """Return the same with one release."""
    shutil.copytree(released.parent, place.folder)
    return place


def rewrite(path: Path, data: bytes, *lists: Path) -> None:
    """Write *data* into a file, and its digest into *lists*, each of which has that of what comes before it."""
    before = hashlib.sha256(path.read_bytes()).hexdigest().encode()
    path.chmod(0o644)
    path.write_bytes(data)
    if lists:
        after = hashlib.sha256(data).hexdigest().encode()
        rewrite(lists[0], lists[0].read_bytes().replace(before, after), *lists[1:])


def handout(released: Path, brief: str) -> bytes:
    """Return the zip for one audience."""
    return (released / "handouts" / f"{SLUG}_{brief}_en_2026-01.zip").read_bytes()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return what is in a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_release_has_the_files_that_were_promised(released: Path, built: Project) -> None:
    """What was built is in it byte for byte, but the index, which tells more."""
    found = files(released)
    assert set(found) == FILES
    for name, content in files(built.out).items():
        if name not in {"index.html", "catalogue.html", "manifest.json", "SHA256SUMS"}:
            assert found[name] == content, name


def test_nobody_may_write_to_a_release(released: Path) -> None:
    """Files and folders are read-only, whatever the umask."""
    for path in (released, *released.rglob("*")):
        wanted = 0o555 if path.is_dir() else 0o444
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_the_sums_of_a_release_are_true(released: Path) -> None:
    """A reader checks all files with the tool of her system."""
    tool = ["sha256sum"] if shutil.which("sha256sum") else ["shasum", "-a", "256"]
    done = run([*tool, "-c", "--strict", "SHA256SUMS"], released)
    assert (done.returncode, done.stderr) == (0, "")
    assert {line.removesuffix(": OK") for line in done.stdout.splitlines()} == PUBLISHED - {
        "SHA256SUMS"
    }


def test_the_manifest_of_a_release_tells_the_truth(released: Path, built: Project) -> None:
    """It fits its schema; digests, pages and names are those of the files; a project without git says so."""
    told = json.loads((released / "manifest.json").read_bytes())
    schema = json.loads((ROOT / "press" / "schema" / "release-manifest.json").read_bytes())
    jsonschema.validate(told, schema)
    listed = {one["path"]: one for one in told["files"]}
    assert set(listed) == PUBLISHED - {"SHA256SUMS", "manifest.json"}
    for name, one in listed.items():
        data = (released / name).read_bytes()
        assert (one["sha256"], one["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
    red = listed["en/red.pdf"]
    assert (red["audience"], red["language"], red["pages"]) == (
        "red",
        "en",
        built.manifest()["en/red.pdf"]["pages"],
    )
    assert red["name"] == f"{SLUG}_red_en_2026-01.pdf"
    assert told["tree"]["reason"] == "the content is in no git repository"
    assert told["press_tree"]["reason"] == "Press is in no git repository"
    own = json.loads((released / "unpublished" / "inputs.json").read_bytes())
    inputs = {one["path"]: one["sha256"] for one in own["inputs"]}
    assert sorted(inputs.values()) == [one["sha256"] for one in told["inputs"]]
    series = (built.content / "series.yaml").read_bytes()
    assert inputs["content/series.yaml"] == hashlib.sha256(series).hexdigest()
    assert {
        "templates/page.html.j2",
        "press/build/build.py",
        "requirements/core.lock",
    } <= inputs.keys()


def test_what_is_published_names_no_file_of_the_content(released: Path, tmp_path: Path) -> None:
    """The full list stays in the house; what is published is sound without it."""
    own = json.loads((released / "unpublished" / "inputs.json").read_bytes())
    names = [one["path"] for one in own["inputs"] if one["path"].startswith("content/")]
    assert len(names) > 5
    listed = site_files(shelf.opened(released))
    assert set(listed) == PUBLISHED
    for path in listed:
        data = (released / path).read_bytes()
        assert not [name for name in names if name.encode() in data], path
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_bytes(data)
    assert verify(tmp_path / "site").damages == ()
    shutil.copytree(released / "unpublished", tmp_path / "site" / "unpublished")
    assert verify(tmp_path / "site").damages == ()
    (tmp_path / "site" / "unpublished").chmod(0o755)
    (tmp_path / "site" / "unpublished" / "inputs.json").unlink()
    assert [one.kind for one in verify(tmp_path / "site").damages] == ["lost"]


def test_no_paper_that_goes_out_names_a_file_of_the_content(place: Place, tmp_path: Path) -> None:
    """Neither manifests nor provenance have the name of a file or picture, whole or without its folder, in any byte."""
    project, example = place.project, ROOT / "templates/catalogue/images/example.png"
    content = project.content
    (content / "images").mkdir()
    shutil.copy(example, content / "images" / "orchard-plan.png")
    (content / "blocks" / "blue.yaml").rename(content / "blocks" / "azure-matters.yaml")
    image = "  image:\n    file: orchard-plan.png\n    alternative: A plan.\n    caption: A plan."
    old = "  problem:\n    text: Gates are shut.[^quiet]"
    project.edit("content/blocks/azure-matters.yaml", old, image)
    project.good("build", "--jobs", "1")
    folder = place.folder / place.release()["release"]
    project.good("kit", "--jobs", "1", "--audience", "red")
    project.good("kit", "--jobs", "1", "--audience", "blue")
    project.good("publish", str(tmp_path / "site"), "--releases", str(place.folder))
    inputs = json.loads((folder / "unpublished" / "inputs.json").read_bytes())["inputs"]
    names = {one["path"].rpartition("/")[2] for one in inputs if one["path"].startswith("content/")}
    assert {"orchard-plan.png", "azure-matters.yaml", "gardens.yaml"} <= names
    assert (project.root / "kits/en/blue/images-orchard-plan.png").is_file()
    out = ("manifest.json", "provenance.json", "press-published.json", "SHA256SUMS")
    papers = [tmp_path / "site" / name for name in out]
    for paper in (project.root / "kits" / "manifest.json", *papers):
        data = paper.read_bytes()
        told = {name for name in {*names, "orchard-plan", "azure-matters"} if name.encode() in data}
        assert told == set(), paper.name


def test_provenance_and_bill_are_in_their_forms(released: Path) -> None:
    """An in-toto statement on all that was there before it; a bill that CycloneDX takes, without number and time."""
    told = json.loads((released / "provenance.json").read_bytes())
    assert told["_type"] == "https://in-toto.io/Statement/v1"
    assert told["predicateType"] == "https://slsa.dev/provenance/v1"
    subjects = {one["name"]: one["digest"]["sha256"] for one in told["subject"]}
    assert set(subjects) == PUBLISHED - {"SHA256SUMS", "manifest.json", "provenance.json"}
    for name, digest in subjects.items():
        assert digest == hashlib.sha256((released / name).read_bytes()).hexdigest()
    assert told["predicate"]["runDetails"].keys() == {"builder"}
    bill = (released / "sbom.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None
    names = {one["name"] for one in json.loads(bill)["components"]}
    assert {"weasyprint", "jinja2"} <= names
    assert "pytest" not in names
    assert "serialNumber" not in bill
    assert "timestamp" not in bill


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_handout_holds_one_edition_and_nothing_of_another(released: Path, brief: str) -> None:
    """Page and print are those of the release, its sums are true, and no byte is meant for other readers."""
    inside, stem = unzipped(handout(released, brief)), f"{SLUG}_{brief}_en_2026-01"
    assert inside.keys() == {
        "READ-ME.txt",
        "SHA256SUMS",
        *(f"{stem}{ending}" for ending in ENDINGS),
    }
    page, pdf = ((released / "en" / f"{brief}.{kind}").read_bytes() for kind in ("html", "pdf"))
    assert inside[f"{stem}.pdf"] == pdf
    assert inside[f"{stem}.html"] == lone(page.decode()).encode() != page
    assert inside[f"{stem}.html"] == (released / "handouts" / f"{stem}.html").read_bytes()
    for line in inside["SHA256SUMS"].decode().splitlines():
        digest, name = line.split("  ")
        assert digest == hashlib.sha256(inside[name]).hexdigest()
    [other] = (one for one in BRIEFS if one != brief)
    whole = b"".join(part for content in inside.values() for part in laid_open(content))
    assert OWN[brief] in whole
    assert OWN[other] not in whole
    assert f"_{other}_".encode() not in handout(released, brief)
    assert b"2026-01-15.1" in inside["READ-ME.txt"]
    assert b"&#" not in inside["READ-ME.txt"]
    named = inside["READ-ME.txt"].decode()
    assert [row.title for row in FORMATS.values() if row.title.lower() not in named.lower()] == []


def test_the_links_of_a_release_lead_somewhere(released: Path) -> None:
    """Its index leads to files that are in it."""
    page = Links((released / "index.html").read_text("utf-8"))
    assert "changes.txt" in page.links
    assert {link for link in page.links if not link.startswith(("#", "mailto:"))} <= FILES


def test_the_same_input_makes_the_same_bytes(released: Path, tmp_path: Path) -> None:
    """In another folder, time zone, language, with another hash seed and umask."""
    other = Place(copied(tmp_path / "elsewhere"), tmp_path / "releases")
    variables = {"TZ": "Asia/Bishkek", "LANG": "C", "PYTHONHASHSEED": "7"}
    old = os.umask(0o077)
    try:
        for words in (["build"], ["release", "--uncommitted", "--releases", str(other.folder)]):
            words += ["--content", str(other.project.content)]
            done = run(other.project.command(*words), tmp_path, **variables)
            assert done.returncode == 0, done
    finally:
        os.umask(old)
    assert files(other.folder / "2026-01-15.1") == files(released)


def test_a_brief_with_mistakes_is_left_out_only_when_told_so(place: Place) -> None:
    """Its stale files are not released, the index does not name them, and the manifest says so."""
    place.project.edit("content/blocks/red.yaml", "Crimson words for", "Crimson 7 words for")
    assert place.project.run("build").returncode == 1
    refused = place.refused()
    assert "content/blocks/red.yaml [number]" in refused
    assert "content/briefs/red.yaml [stale]" in refused
    told = place.release("--stale")
    found = files(place.folder / told["release"])
    assert not [name for name in found if "red" in name and "READ" not in name]
    assert place.manifest(told["release"])["stale"] == ["en/red"]
    assert b"red.pdf" not in found["index.html"]


def test_the_last_edition_of_a_brief_with_mistakes_is_kept_on_the_site(
    again: Place, tmp_path: Path
) -> None:
    """The index says that it is out of date, the notes of which release it is, and all of it is verified as such."""
    publish = ("publish", str(tmp_path / "site"), "--releases", str(again.folder))
    again.project.good(*publish)
    before = files(tmp_path / "site")
    again.project.edit("content/blocks/red.yaml", "Crimson words for", "Crimson 7 words for")
    for title in ("The new words", "The newer words"):
        again.project.edit("content/briefs/blue.yaml", "title: ", f"title: {title}, ")
        assert again.project.run("build").returncode == 1
        told = again.release("--stale")
        refused = again.project.run(*publish)
        assert (refused.returncode, "--keep-last" in refused.stderr) == (65, True)
        words = again.project.good(*publish, "--keep-last")
        assert f"en/red is out of date: it is kept as {FIRST} had it" in words
        found = files(tmp_path / "site")
        kept = {name for name in before if "red" in name}
        assert {f"en/red.{kind}" for kind in ("html", "pdf", "png")} < kept
        assert {name: found[name] for name in kept} == {name: before[name] for name in kept}
        assert b"Out of date" in found["index.html"]
        last = json.loads(before["data/en/red.json"])["name"]
        assert f'<h3 class="shelf__title">{last}</h3>' in found["index.html"].decode()
        assert b"red.html" not in found["index.html"]
        assert again.manifest(told["release"])["stale"] == ["en/red"]
        verdict = verify(tmp_path / "site")
        assert (verdict.damages, verdict.release) == ((), told["release"])
        assert f"en/red is out of date: it is kept as {FIRST} had it" in str(verdict.notes)
    (tmp_path / "site" / "en" / "red.html").write_bytes(b"other")
    assert [damage.path for damage in verify(tmp_path / "site").damages] == ["en/red.html"]


def git(project: Project, *words: str) -> str:
    """Run git as somebody."""
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = run(["git", *own, *words], project.root)
    assert done.returncode == 0, done
    return done.stdout.strip()


def test_what_is_not_committed_is_released_only_when_told_so(place: Place) -> None:
    """A changed, a new, an ignored and a deleted file of the inputs; then the manifest has them, or the commit."""
    needs("git")
    project = place.project
    git(project, "init", "-q")
    ignored = ".venv\n/build\n.press\nreleases\n__pycache__\n"
    (project.root / ".gitignore").write_text(f"{ignored}ignored.yaml\n", "utf-8")
    git(project, "add", "-A")
    assert len(place.refused()) > 100  # there is no commit yet
    git(project, "commit", "-qm", "all")
    told = place.release()
    commit = git(project, "rev-parse", "HEAD")
    clean = {"commit": commit, "clean": True, "uncommitted": []}
    manifest = place.manifest(told["release"])
    assert (manifest["tree"], manifest["press_tree"]) == (clean, clean)
    folder = place.folder / told["release"]
    older = {name: fact for name, fact in manifest.items() if name != "press_tree"}
    lists = (folder / "SHA256SUMS", place.folder / ".register")
    rewrite(folder / "manifest.json", json.dumps(older).encode(), *lists)
    assert (
        place.release()["new"] is False
    )  # what an older Press released is compared by what it says
    git(project, "update-index", "--assume-unchanged", "content/series.yaml")
    git(project, "update-index", "--skip-worktree", "content/limits.yaml")
    unwatched = ["content/limits.yaml [uncommitted]", "content/series.yaml [uncommitted]"]
    assert place.refused() == unwatched  # git says nothing of them, changed or not
    git(project, "update-index", "--no-assume-unchanged", "content/series.yaml")
    git(project, "update-index", "--no-skip-worktree", "content/limits.yaml")
    (project.content / "claims" / "ignored.yaml").write_bytes(
        (project.content / "claims" / "gardens.yaml").read_bytes()
    )
    (project.content / "claims" / "gardens.yaml").unlink()
    (project.content / "blocks" / "new.yaml").write_bytes(
        (project.content / "blocks" / "red.yaml").read_bytes()
    )
    (project.content / "blocks" / "red.yaml").unlink()
    project.append("content/terms/en.yaml", b"\n")
    project.good("build")
    wanted = [
        "blocks/new.yaml",
        "blocks/red.yaml",
        "claims/gardens.yaml",
        "claims/ignored.yaml",
        "terms/en.yaml",
    ]
    assert place.refused() == [f"content/{name} [uncommitted]" for name in wanted]
    told = place.release("--uncommitted")
    tree = place.manifest(told["release"])["tree"]
    own = json.loads((place.folder / told["release"] / "unpublished/inputs.json").read_bytes())
    assert own["uncommitted"] == [f"content/{name}" for name in wanted]
    assert (tree["clean"], len(tree["uncommitted"])) == (False, len(wanted))
    assert b'"git commit"' not in (place.folder / told["release"] / "provenance.json").read_bytes()


def test_a_file_of_the_code_that_no_list_can_name_is_refused(place: Place) -> None:
    """Its name is not UTF-8; the content's are refused before."""
    odd = place.project.root / "press" / os.fsdecode(b"\xff.py")
    odd.touch()
    assert place.refused() == ["press/\\xff.py [file]"]


@pytest.mark.parametrize("way", ["no repository", "no git", "another repository"])
def test_where_nobody_can_say_what_is_committed_a_release_is_refused(
    place: Place, tmp_path: Path, way: str
) -> None:
    """Unless that is wanted; then the manifest says why it is not known."""
    project, words, more = place.project, [], {}
    if way == "no git":
        (project.root / ".git").mkdir()
        (tmp_path / "bin").mkdir()
        more = {"PATH": str(tmp_path / "bin")}
    if way == "another repository":
        needs("git")
        own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        commit = [*own, "commit", "-qm", "all"]
        shutil.copytree(project.content, tmp_path / "content")
        for command in (["init", "-q"], ["add", "-A"], commit):
            run(["git", "-C", str(tmp_path / "content"), *command], tmp_path)
        words = ["--content", str(tmp_path / "content"), "--out", str(tmp_path / "out")]
        project.good("build", *words)
    words = [*words, "--releases", str(place.folder)]
    done = project.run("release", *words, **more)
    assert done.returncode == 65
    assert "so it is not known what is committed; --uncommitted" in done.stdout
    assert "[uncommitted]" in done.stdout
    assert not place.folder.exists()
    done = project.run("release", "--uncommitted", *words, **more)
    assert done.returncode == 0, done
    told = place.manifest("2026-01-15.1")
    known = True if way == "another repository" else None
    assert (told["tree"]["clean"], told["press_tree"]["clean"]) == (known, None)


def test_a_release_that_a_kill_left_open_is_closed_by_the_next_run(again: Place) -> None:
    """Until then, verify says so; a copy elsewhere, which may always be written to, is just sound."""
    folder = again.folder / "2026-01-15.1"
    for path in (folder, folder / "en"):
        path.chmod(0o755)
    [note] = verify(folder).notes
    assert "may still be written to" in note
    shutil.copytree(folder, again.folder.with_name("copy"))
    assert verify(again.folder.with_name("copy")).notes == ()
    assert again.release()["new"] is False
    assert verify(folder).notes == ()
    for path in (folder, *folder.rglob("*")):
        assert not path.stat().st_mode & 0o222, path


def test_no_other_task_touches_a_release(again: Place) -> None:
    """Neither does a build write into one, nor does clean remove it."""
    place, folder = again, again.folder / "2026-01-15.1"
    before = files(folder)
    for words in (["build"], ["clean"]):
        done = place.project.run(*words, "--out", str(folder))
        assert done.returncode == 74
        assert "is not an output folder of Press" in done.stderr
    place.project.good("clean", "--store")
    assert files(folder) == before


@pytest.mark.parametrize(
    "folder", ["build/releases", "kits", ".press/x", "content", "press/releases"]
)
def test_releases_do_not_lie_where_others_write(project: Project, folder: str) -> None:
    """A build would swap them away, or take them for its inputs."""
    done = project.run("release", "--releases", folder)
    assert done.returncode == 74
    assert "choose another --releases" in done.stderr
    assert not list(project.root.glob(f"{folder}/2026*"))


def test_releases_do_not_lie_in_the_root_of_a_work_tree(project: Project, tmp_path: Path) -> None:
    """Nor in any other folder that nothing may fill."""
    (tmp_path / ".git").write_text("gitdir: elsewhere")
    for folder in (str(tmp_path), "/etc/"):
        done = project.run("release", "--releases", folder)
        assert done.returncode == 74
        assert "choose another --releases" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [".git"]


def test_a_second_release_tells_what_changed(again: Place) -> None:
    """By block, as text, as data and in the index; the first is not touched, nor is it compared with when damaged."""
    place = again
    first = files(place.folder / "2026-01-15.1")
    place.project.edit("content/blocks/red.yaml", OLD, NEW)
    place.project.good("build")
    data = place.folder / "2026-01-15.1" / "data" / "en" / "red.json"
    data.chmod(0o644)
    data.write_bytes(data.read_bytes().replace(b"Crimson", b"Scarlet"))
    assert "is not the file that was released" in place.release(status=74)["message"]
    assert len(list(place.folder.iterdir())) == 2  # the release and the register
    data.write_bytes(first["data/en/red.json"])
    assert place.release()["release"] == "2026-01-15.2"
    found = files(place.folder / "2026-01-15.2")
    for name in ("changes.txt", "changes.json", "index.html"):
        assert b"red-message" in found[name], name
    assert b"They are {+calm+}." in found["changes.txt"]
    assert b"en/blue: no change" in found["changes.txt"]
    assert place.manifest("2026-01-15.2")["before"] == "2026-01-15.1"
    assert files(place.folder / "2026-01-15.1") == first


def test_all_that_stands_against_a_release_is_said_at_once(again: Place) -> None:
    """A draft, a date before that of the latest, a slug that cannot be made; a draft is released when told so.

    A warning is no reason against it, and stands in the manifest, wherever the user is.
    """
    place = again
    series = "content/series.yaml"
    place.project.edit("content/briefs/red.yaml", "status: final", "status: draft")
    place.project.edit("content/briefs/red.yaml", "Gardens are counted[^gardens]", "Gardens")
    place.project.edit(series, "Gardens of the town", "Сады города")
    place.project.edit(series, "release: 2026-01-15", "release: 2026-01-14")
    place.project.good("build")
    assert place.refused() == [
        "content/briefs/red.yaml [draft]",
        f"{series} [release]",
        f"{series} [slug]",
    ]
    place.project.edit(series, "release: 2026-01-14", "slug: sady\nrelease: 2026-01-15")
    place.project.good("build")
    words = ("release", "--draft", "--uncommitted", "--releases", str(place.folder))
    content = ("--content", str(place.project.content))
    done = run(place.project.command(*words, *content), place.folder.parent)
    assert done.returncode == 0, done
    manifest = place.manifest("2026-01-15.2")
    assert manifest["drafts"] == ["en/red"]
    where = {"line": 4, "rule": "citation"}
    brief = (place.project.content / "briefs" / "red.yaml").read_bytes()
    assert manifest["warnings"] == [{"sha256": hashlib.sha256(brief).hexdigest(), **where}]
    own = json.loads((place.folder / "2026-01-15.2" / "unpublished/inputs.json").read_bytes())
    assert own["warnings"] == [{"path": "content/briefs/red.yaml", **where}]
    data = (place.folder / "2026-01-15.2" / "handouts" / "sady_red_en_2026-01.zip").read_bytes()
    assert b"not for distribution" in unzipped(data)["READ-ME.txt"]


def remove(release: Path) -> None:
    """Remove a release, as docs/releases.md says."""
    for path in (release, *release.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(release)


def test_without_a_change_there_is_no_second_release(again: Place) -> None:
    """It says so, and that is good; a number is given once, even if its release is gone or left a ledger only."""
    before = files(again.folder)
    told = again.release()
    assert (told["new"], told["release"]) == (False, "2026-01-15.1")
    assert files(again.folder) == before
    remove(again.folder / "2026-01-15.1")
    (again.folder / "2026-01-15.3.ledger.sqlite").write_bytes(b"")
    assert again.release()["release"] == "2026-01-15.4"
    assert following(again.folder, "2026-01-15") == "2026-01-15.5"
    (again.folder / "2026-01-15.3.ledger.sqlite").unlink()
    remove(again.folder / "2026-01-15.4")
    assert following(again.folder, "2026-01-15") == "2026-01-15.5"
    assert following(again.folder, "2026-01-16") == "2026-01-16.1"


def test_what_was_not_built_is_not_released(place: Place) -> None:
    """Neither content that has changed since, nor outputs that somebody has touched, nor what no build made."""
    place.project.edit("content/blocks/red.yaml", OLD, NEW)
    place.project.append("build/en/blue.html", b" ")
    (place.project.out / "note.txt").write_text("mine", encoding="utf-8")
    refused = place.refused()
    assert refused == ["build [build]"] * 2
    [added, changed] = place.told()
    assert changed.startswith("not what the content gives now: data/en/red.json, en/blue.html, ")
    assert "en/blue.pdf" not in changed
    assert "made by no build: note.txt; run ./inv build" in added
    remove(place.project.out)
    assert "nothing has been built here" in place.told()[0]
