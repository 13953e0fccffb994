"""What is meant for one of any audiences is in no byte of what another gets, and what is for nobody in none."""

from __future__ import annotations

import email
import io
import json
import random
import re
import shutil
import zipfile
from email import policy
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from press.release.shelf import UNPUBLISHED
from tests.support.plan import everything
from tests.support.project import copied, files
from tests.whole.test_isolation import Words, picture, put, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.support.project import Project

STEMS = {"red": "zinnober", "blue": "kobaltic", "green": "smaragd"}  # in every word of an audience
ACCENTS = {"red": "#7a1f1f", "blue": "#1d4077", "green": "#14532d"}
HIDDEN = "verschlussqx"  # with letters that no id has behind the stem
# What tells of all briefs, and what it may say of each: its title on the index, its claims on the map of all evidence.
OPEN = {
    "index.html": {"index", "source"},
    "evidence.html": {"claim", "source"},
    "data/claims.json": {"claim", "source"},
    "data/claims.csv": {"claim", "source"},
}
RUNNING = ("value", "lead", "list", "free", "note", "table", "image", "figure", "quote")
FORMS = ("parts", "share", "bars", "tiles", "timeline", "map", "intervals", "spec")
MAIL = """sender: {name: The town, address: a@example.org}
unsubscribe: {mail: b@example.org}
server: {host: localhost, port: 25, security: none, auth: none}
limits: {hour: 9, day: 9, attachment_kilobytes: 5000}
waits: [1]
web: https://town.xx/briefs
"""

CELLS = (
    "name",
    "who",
    "legal",
    "benefit",
    "takes",
    "priced",
    "pays",
    "gains",
    "loses",
    "harm",
    "sign",
)


class Author:
    """Writes what one audience gets, as chance has it; each text has a word of its own."""

    def __init__(self, colour: str, chance: random.Random, hide: Words) -> None:
        self.colour, self.chance, self.hide = colour, chance, hide
        self.stem = STEMS[colour]
        self.say = Words(f"{self.stem}qx")
        self.image = f"{self.stem}-{self.say('file: image')}.png"
        self.map = f"{self.stem}-map.json"
        self.state = f"{self.stem}land"
        self.stated: dict[str, str] = {}  # of the map, if a figure shows it

    def sources(self) -> dict[str, Any]:
        """Return a source of the series' own and one from elsewhere."""
        passage = {"fingerprint": "0" * 64}
        record = {
            "citation": f"A survey of {self.say('source: citation')}",
            "kind": "systematic review",
            "described": f"seen as {self.say('source: description')}",
            "title": f"On {self.say('source: title')}",
            "author": [self.say("source: author")],
            "issued": "2021",
            "outside": False,
            "mark": self.say("source: mark"),
            "searched": "2020-11",
            "passages": {
                "P1.1": {**passage, "values": ["2020", "40", "8"], "references": ["4"]},
                "P1.2": {
                    **passage,
                    "values": ["more than 60%", "250", "0.52 (95% CI 0.40 to 0.68)", "55"],
                },
                "P1.3": passage,
            },
        }
        later = {
            "citation": f"News of {self.say('source: later citation')}",
            "kind": "news",
            "title": "News",
            "author": ["A paper"],
            "unstated": "not said",
            "issued": "2024",
            "outside": True,
            "addresses": [f"https://{self.stem}.example.org/{self.say('source: address')}"],
            "seen": "2025-01-01",
            "passages": {"N1": {**passage, "values": ["2024", "50"]}},
        }
        return {f"{self.stem}-own": record, f"{self.stem}-later": later}

    def claims(self) -> dict[str, Any]:
        """Return claims that may be printed and two that may not, with notes to the editor."""
        say, hide, stem = self.say, self.hide, self.stem
        number = 100 * (1 + [*STEMS].index(self.colour))
        common = {"source": f"{stem}-own", "year": "not stated", "basis": "own", "kind": "fact"}
        common["passage"] = "0" * 8

        def claim(at: int, text: str, **more: object) -> dict[str, Any]:
            words = {"claim": f"{text} {say('claim: text')}.", "use": "ok", "note": hide("note")}
            return {**common, "ref": f"C{number + at}", "locator": "P1.3", **words, **more}

        unit, count, part = say("claim: unit"), f"{stem}_count", f"{stem}_part"
        self.unit = unit
        counted = {
            f"{stem}_total": {"number": "40", "unit": unit},
            f"{stem}_schools": {"number": "8", "unit": unit},
            f"{stem}_others": {"derived": "40 - 8", "unit": unit},
        }
        shares = {
            "part": {
                "number": "60",
                "bound": "more than",
                "unit": "percent",
                "of": f"{{{part}.all}} {say('claim: whole')}",
            },
            "all": {"number": "250", "unit": unit},
            "ratio": {
                "number": "0.52",
                "interval": {"low": "0.40", "high": "0.68"},
                "unit": "times",
            },
        }
        states = {"names": {"counted": [self.state], "unit": "states", "unit_one": "state"}}
        graded = {
            "basis": "pooled",
            "certainty": {"rating": "low", "rater": say("claim: rater")},
            "population": say("claim: population"),
            "comparator": say("claim: comparator"),
            "number_of_studies": 55,
        }
        later = {
            "source": f"{stem}-later",
            "locator": "N1",
            "passage": "0" * 8,
            "year": "2024",
            "basis": "outside",
        }
        return {
            count: claim(
                1,
                f"There are {{{count}.{stem}_total}}",
                locator="P1.1",
                year="2020",
                values=counted,
                references=["4"],
                qualified_by=[f"{stem}_later"],
            ),
            part: claim(2, f"Of all {{{part}.part}}", locator="P1.2", values=shares, **graded),
            f"{stem}_words": claim(3, "Gardens are", caveat=f"Not {say('claim: caveat')}."),
            f"{stem}_map": claim(4, "States have", values=states),
            f"{stem}_later": claim(
                5, "There are now", values={"now": {"number": "50", "unit": unit}}, **later
            ),
            f"{stem}_{say('claim: id')}": claim(6, "Nobody prints", use="background"),
            f"{stem}_{hide('id of a claim')}": claim(7, "A rumour of")
            | {
                "claim": f"A rumour of {hide('claim')}.",
                "use": "do_not_use",
            },
        }

    def blocks(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return blocks by their ids, each with its section; which there are is a matter of chance."""
        say, hide, stem, chance = self.say, self.hide, self.stem, self.chance
        cite = f"[^{stem}_words]"
        made: dict[str, tuple[str, dict[str, Any]]] = {}

        def add(section: str, kind: str, **fields: object) -> None:
            named = section and chance.random() < 0.5
            name = f"{stem}-{kind}-{say('block: id') if named else len(made)}"
            if chance.random() < 0.4:
                fields = {"audiences": [self.colour], **fields}
            made[name] = section, {kind: fields}

        def text(where: str) -> str:
            return f"Gardens are {say(f'block: {where}')}.{cite}"

        add("main", "message", text=text("main"))
        if chance.random() < 0.5:
            add("foreword", "quote", **self.quote())
        for _ in range(chance.randint(1, 2)):
            add("messages", "message", text=text("message"))
        figure = self.figure(chance.choice(FORMS), "index")  # it may have the key number
        add("figure", "figure", **figure)
        shown = figure["alternative"].partition("{")[2].partition(".")[0]
        does = f"count the {say('block: ask')}.{cite}"
        asked = f"Town: by {{by}}, {does}[^{shown}]"
        add("ask", "ask", text=asked, by="2027-06", basis=f"A {say('block: basis')}.")
        for _ in range(chance.randint(2, 6)):
            section = chance.choice(("problem", "evidence", "implementation", "unknown"))
            kind, fields = self.running()
            add(section, kind, **fields)
        add("options", "problem", text=text("problem"))
        marks: list[dict[str, Any]] = [{"status_quo": True}, {"preferred": text("preferred")}]
        for mark in (marks[0], *[{}] * chance.randint(0, 4), marks[1]):
            cells = {name: say(f"block: {name}") for name in CELLS}
            if "preferred" in mark:
                cells["who"] = f"Town and {cells['who']}"
            cells["does"] = does if "preferred" in mark else f"opens {say('block: does')}.{cite}"
            cells["benefit"] = f"No evidence of {cells['benefit']}"
            cells["by"] = (
                "2027-06" if "preferred" in mark else chance.choice(("2027-06", "not stated"))
            )
            add("options", "alternative", **cells, **mark, origin="derived")
        for by in ("2027-03", "2027-06"):
            done = does if by == "2027-06" else f"opens {say('block: step')}.{cite}"
            add("next", "step", who=f"Town and {say('block: step: who')}", does=done, by=by)
        now = f"{{{stem}_later.now:unit}}"
        add(
            "evidence",
            "paragraph",
            text=f"In {{{stem}_later.now:year}} there were {now} and {say('block: since')}.",
        )
        add("made", "paragraph", text=f"This rests on {say('block: made')}.")
        add("", "note", text=f"Nobody uses {hide('unused block')}.")
        return made

    def quote(self) -> dict[str, Any]:
        """Return a signed statement."""
        names = {name: self.say(f"block: {name}") for name in ("who", "role", "institution")}
        return {"words": f"We like {self.say('block: words')}.", "date": "2026-01-02", **names}

    def running(self) -> tuple[str, dict[str, Any]]:  # noqa: PLR0911 - one for each
        """Return a kind of block that stands in running text, and its fields."""
        say, count = self.say, f"{self.stem}_count"
        value = f"{{{count}.{self.stem}_total:unit}} in {{{count}.{self.stem}_total:year}}"
        match self.chance.choice(RUNNING):
            case "value":
                return "paragraph", {"text": f"There were {value}, and {say('block: text')}."}
            case "lead":
                typed = f"**{say('block: lead')}:** A *{say('block: stress')}* is so."
                return "paragraph", {"text": typed}
            case "list":
                return "paragraph", {
                    "text": f"A list:\n\n- {say('block: item')}\n- {self.link()}\n"
                }
            case "free":
                free = {"text": "24-hour", "reason": self.hide("reason")}
                typed = f"A 24-hour {say('block: text')} is open."
                return "paragraph", {"free": [free], "text": typed}
            case "note":
                return "note", {"text": f"A note on {say('block: note')}."}
            case "table":
                rows = [[say("block: cell"), f"*{say('block: cell')}*"] for _ in range(2)]
                columns = [say("block: column"), say("block: column")]
                title = f"A table of {say('block: table title')}"
                return "table", {"title": title, "columns": columns, "rows": rows}
            case "image":
                alternative = f"A photo of {say('block: image alternative')}."
                caption = f"It shows {say('block: caption')}"
                return "image", {"file": self.image, "alternative": alternative, "caption": caption}
            case "figure":
                return "figure", self.figure(self.chance.choice(FORMS))
        return "quote", self.quote()

    def link(self) -> str:
        """Return words that lead to an address of this audience."""
        address = f"https://{self.stem}.example.org/{self.say('block: address')}"
        return f"[{self.say('block: link')}]({address})"

    def figure(self, form: str, where: str = "block") -> dict[str, Any]:
        """Return a figure in one of the forms; *where*: what its values are called may be there."""
        say, stem = self.say, self.stem
        count = f"{stem}_count.{stem}"

        def row(value: str) -> dict[str, str]:
            return {"label": say(f"{where}: label"), "value": value}

        shown = {
            "share": [f"{stem}_part.part"],
            "map": [f"{stem}_map.names"],
            "timeline": [f"{count}_total", f"{stem}_later.now"],
            "intervals": [f"{stem}_part.ratio"],
        }
        refs = shown.get(form, [f"{count}_others", f"{count}_schools"])
        year = "" if form in shown else f", {{{count}_others:year}}"
        data: Any = [*map(row, refs)]
        if form in {"share", "map"}:
            [data] = data
        if form == "map":
            data = {"file": self.map, "members": data}
            self.stated = self.stated or {
                "source": f"a survey of {say('block: source of a map')}",
                "borders": f"as seen by {say('block: view of borders')}",
            }
        elif form == "tiles":
            data[0]["dating"] = say(f"{where}: dating")
            data.append({"label": say("block: empty tile")})
        elif form == "spec":
            x = {
                "field": "value",
                "type": "quantitative",
                "axis": {"title": f"{say('block: axis')} of {self.unit}"},
            }
            y = {"field": "label", "type": "nominal"}
            data = {"data": data, "mark": "bar", "encoding": {"x": x, "y": y}}
        return {
            "title": f"Schools have {say('block: figure title')}[^{stem}_words]",
            "subtitle": f"Shown for {say('block: figure subtitle')}{year}",
            "source": f"the {say('block: figure source')}",
            "alternative": f"A picture of {say('block: figure alternative')}: {{{refs[0]}:unit}}.",
            form: data,
            **({"no_effect": 1} if form == "intervals" else {}),
        }

    def brief(self, blocks: Mapping[str, tuple[str, object]]) -> dict[str, Any]:
        """Return the brief that holds the *blocks*."""
        sections: dict[str, list[str]] = {}
        for name, (section, _) in blocks.items():
            if section:
                sections.setdefault(section, []).append(name)
        return {
            "label": f"For {self.colour} readers",
            "status": "final",
            "accent": ACCENTS[self.colour],
            "title": f"Gardens are {self.say('index: title')}[^{self.stem}_words]",
            "subject": f"On {self.say('mail: subject')}",
            "summary": f"What to know of {self.say('index: summary')}.",
            "question": f"What are {self.say('index: question')}?",
            "unqualified": {f"{self.stem}_count": f"It is {self.hide('reason')}"},
            "sections": sections,
        }

    def write(self, project: Project) -> None:
        """Write all of it into *project*; files have names that nobody reads, and remarks between their lines."""
        hide, content = self.hide, {**self.sources()}
        for name, source in content.items():
            put(project, f"sources/{name}", self.remarked(source))
        topic = f"{self.stem}-{self.say('claim: topic')}"
        put(project, f"claims/{topic}", self.remarked(self.claims()))
        blocks = self.blocks()
        written = {name: block for name, (_, block) in blocks.items()}
        put(project, f"blocks/{self.stem}-{hide('name of a file')}", self.remarked(written))
        put(project, f"briefs/{self.colour}", self.remarked(self.brief(blocks)))
        data = picture(hide("metadata of an image"))
        (project.content / "images" / self.image).write_bytes(data)
        if self.stated:
            (project.content / "maps" / self.map).write_text(json.dumps(self.atlas()))

    def atlas(self) -> dict[str, Any]:
        """Return a map of two areas, one of which is marked; who has signed it, nobody reads."""
        square = [[7, 7], [7, 9], [9, 9], [9, 7], [7, 7]]
        areas = {
            self.state: {},
            self.hide("area without a name on a map"): {"note": self.hide("property")},
        }
        return {
            "type": "FeatureCollection",
            "date": "2020",
            **self.stated,
            "checked": {"by": self.hide("signer of a map"), "on": "2026-01-02"},
            "features": [
                {
                    "type": "Feature",
                    "properties": {"name": name, **more},
                    "geometry": {
                        "type": "Polygon",
                        "coordinates": [[[x + at, y] for x, y in square]],
                    },
                }
                for at, (name, more) in enumerate(areas.items())
            ],
        }

    def remarked(self, data: object) -> str:
        """Return *data* as YAML with remarks between its lines."""
        lines = json.dumps(data, indent=1).split("\n")
        for _ in range(self.chance.randint(1, 3)):
            lines.insert(self.chance.randrange(len(lines)), f"# {self.hide('remark')}")
        return "\n".join(lines)


class Made(NamedTuple):
    """What chance wrote: the words of each audience, and those that are for nobody."""

    own: dict[str, Words]
    hidden: Words


def written(project: Project, chance: random.Random) -> Made:
    """Write two or three audiences that share nothing but the series."""
    for name in ("briefs", "blocks", "claims", "sources", "images", "maps"):
        shutil.rmtree(project.content / name, ignore_errors=True)
        (project.content / name).mkdir()
    put(project, "limits", "all: {pages: 9, html_kilobytes: 400, pdf_kilobytes: 400}\n")
    (project.content / "mail.yaml").write_text(MAIL)
    hidden = Words(HIDDEN)
    colours = chance.sample([*STEMS], chance.randint(2, 3))
    authors = [Author(colour, chance, hidden) for colour in colours]
    for author in authors:
        author.write(project)
    return Made({author.colour: author.say for author in authors}, hidden)


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file, or the files in it: those of a zip, and the parts of a message and its head."""
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            for each in folder.infolist():
                yield from unpacked(f"{name}/{each.filename}", folder.read(each))
            yield f"{name}/list.txt", "\n".join(folder.namelist()).encode()
    elif name.endswith(".eml"):
        message = email.message_from_bytes(data, policy=policy.SMTP)
        yield f"{name}/head.txt", "\n".join(map(str, message.values())).encode()
        for part in message.walk():
            if not part.is_multipart():
                kind = part.get_content_subtype()
                body = part.get_payload(decode=True)
                assert isinstance(body, bytes)
                yield f"{name}/part.{kind}", body
    else:
        yield name, data


def own(name: str) -> bool:
    """Return whether a file of a release is never handed out."""
    return name.startswith(f"{UNPUBLISHED}/")


def leaks(found: Mapping[str, bytes], made: Made) -> set[str]:
    """Return each word that stands where it may not, as 'place in file'."""
    wrong = set()
    for path, packed in found.items():
        owner = next(
            (colour for colour in made.own if re.search(rf"(?<![a-z]){colour}(?![a-z])", path)), ""
        )
        for name, data in unpacked(path, packed):
            text = said(name, data)
            words = {**made.hidden.places}
            for colour, own in made.own.items():
                if not owner:
                    allowed = OPEN.get(path.removeprefix("release/"), set())
                    places = own.places.items()
                    words |= {w: p for w, p in places if p.partition(":")[0] not in allowed}
                elif colour != owner:
                    words |= {STEMS[colour]: "an id", **own.places}
            wrong |= {f"{place} in {name}" for word, place in words.items() if word in text}
    return wrong


def test_a_leak_would_be_found() -> None:
    """In a file of another audience, in one for all, in a zip and in a message."""
    made = Made({colour: Words(f"{stem}qx") for colour, stem in STEMS.items()}, Words(HIDDEN))
    red, title = made.own["red"]("block: text"), made.own["red"]("index: title")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        folder.writestr("a.html", f"<b>{red[:4]}</b>{red[4:]}")
    letter = f"Subject: {red}\nContent-Type: text/plain\n\n{made.hidden('a remark')}\n"
    found = {
        "en/red.html": red.encode(),
        "en/blue.html": b"zinnober_part",
        "index.html": f"{title} {red}".encode(),
        "release/handouts/town-blue.zip": packed.getvalue(),
        "mail/green/a.eml": letter.encode(),
    }
    assert leaks(found, made) == {
        "an id in en/blue.html",
        "block: text in index.html",
        "block: text in release/handouts/town-blue.zip/a.html",
        "an id in release/handouts/town-blue.zip/a.html",
        "block: text in mail/green/a.eml/head.txt",
        "an id in mail/green/a.eml/head.txt",
        "a remark in mail/green/a.eml/part.plain",
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Return a project of its own, whose commands are quick."""
    project = copied(tmp_path_factory.mktemp("leaks").resolve() / "project")
    with project.warm():
        yield project


@settings(
    max_examples=6 if everything() else 2,
    derandomize=not everything(),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each example is a whole build
)
@given(seed=st.integers(0, 10**9))
def test_nothing_of_one_audience_is_in_what_another_gets(project: Project, seed: int) -> None:
    """Nor in what all get, and a remark, a note or the name of a file is nowhere."""
    made = written(project, random.Random(seed))  # noqa: S311 - no secret
    done = project.run("build")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    found = files(project.out)
    for colour, own in made.own.items():  # else nothing could be found anywhere
        text = said("a.html", found[f"en/{colour}.html"])
        assert {
            place
            for word, place in own.places.items()
            if place.startswith("block: ") and word not in text
        } == set()
    assert leaks(found, made) == set()


@pytest.mark.parametrize("seed", range(2 if everything() else 1))
def test_nothing_of_one_audience_is_in_what_is_handed_out(
    project: Project, tmp_path: Path, seed: int
) -> None:
    """Prints, cards, kits, zips for handing on, messages, and the papers of a release."""
    made = written(project, random.Random(seed))  # noqa: S311 - no secret
    project.good("build")
    releases = tmp_path / "releases"
    project.good("release", "--uncommitted", "--releases", str(releases))
    project.good("kit", "--test")
    readers = tmp_path / "readers.csv"
    readers.write_text("email,name\nanna@example.org,Anna\n")
    found = files(project.out)
    [release] = [path for path in releases.iterdir() if path.is_dir()]
    published = {name: data for name, data in files(release).items() if not own(name)}
    found |= {f"release/{name}": data for name, data in published.items()}
    found |= {f"kits/{name}": data for name, data in files(project.root / "kits").items()}
    for colour in made.own:
        letters = tmp_path / f"{colour}-letters"
        words = ("--audience", colour, "--to", str(readers), "--out", str(letters))
        project.good("send", *words, "--releases", str(releases))
        found |= {f"mail/{colour}/{name}": data for name, data in files(letters).items()}
    kinds = {name.rpartition(".")[2] for name in found}
    assert {"html", "pdf", "png", "json", "csv", "zip", "eml"} <= kinds
    assert leaks(found, made) == set()
