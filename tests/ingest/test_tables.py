"""Claims come in from a table of a spreadsheet, all or none, and go out as one that changes nothing."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.content.library import load
from press.content.model import Claim
from press.content.model.claims import Value
from press.content.reader.files import decode
from press.content.reader.lost_lines import lost_lines
from press.content.reader.yaml_tree import build_tree, forbidden_characters
from press.content.scalar import Items, Keys, Scalar
from press.ground.paths import Folders, shown
from press.ingest.tables import ImportResult, export_claims, import_claims
from press.ingest.tables.claim_edits import edit, text_of
from press.ingest.tables.spreadsheet import read_cells, write_cells
from press.ingest.upgrade.splices import Splices, UnsureError
from press.problems import ContentRefusedError, PressError, RefusedError, UsageError
from tests.ingest.test_killed import killed
from tests.ingest.works import do
from tests.support.folders import HERE, apart
from tests.support.project import copied, files, needs

LIBRARY = Path(__file__).parents[1] / "library"
HEAD = "id,ref,source,locator,claim,year,kind,basis,use"
NEW = "calm,C900,survey,P1.3,Nobody counts.,not stated,fact,own,ok"


class Desk:
    """A small series, and a table beside it."""

    def __init__(self, place: Path) -> None:
        self.folders = apart(place, place / "content")
        self.claims = self.folders.content / "claims" / "gardens.yaml"
        self.table = place / "more.csv"
        if not self.folders.content.exists():
            shutil.copytree(LIBRARY, self.folders.content)

    def take(self, table: str | bytes, *, dry: bool = False) -> ImportResult:
        """Take in a table that has these words."""
        self.table.write_bytes(table.encode() if isinstance(table, str) else table)
        return import_claims(self.folders, self.table, dry=dry)

    def refused(self, table: str | bytes, error: type[PressError] = ContentRefusedError) -> str:
        """Return why a table is refused; nothing is written then."""
        before = files(self.folders.content)
        with pytest.raises(error) as caught:
            self.take(table)
        assert files(self.folders.content) == before
        return str(caught.value).replace(f"{shown(self.table)}:", "")

    def loaded(self) -> dict[str, Claim]:
        """Return the claims of the series."""
        return load(self.folders.content, "content").claims


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a small series."""
    return Desk(tmp_path)


# ---------------------------------------------------------------------- out and in


def test_a_table_that_was_given_out_changes_nothing(desk: Desk) -> None:
    """Whatever separates its cells."""
    before = files(desk.folders.content)
    for separator in (",", ";"):
        table = desk.table.with_name(f"table{ord(separator)}.csv")
        assert export_claims(desk.folders, table, separator) == 5
        done = import_claims(desk.folders, table)
        assert (done.texts, len(done.same)) == ({}, 5)
    assert files(desk.folders.content) == before


@pytest.mark.parametrize("content", [LIBRARY, HERE.content])
def test_all_of_a_claim_is_in_the_table(tmp_path: Path, content: Path) -> None:
    """A series whose claims were lost gets them back from it, each in its file: withheld ones, bounds and sums too."""
    for name in ("claims", "sources", "terms"):
        shutil.copytree(content / name, tmp_path / "content" / name)
    for name in ("series.yaml", "limits.yaml"):
        shutil.copy2(content / name, tmp_path / "content")
    desk = Desk(tmp_path)
    claims = desk.loaded()
    assert {str(claim.use) for claim in claims.values()} >= {"ok", "caveat", "background"}
    names = sorted(files(desk.folders.content))
    export_claims(desk.folders, desk.table)
    shutil.rmtree(desk.folders.content / "claims")
    done = import_claims(desk.folders, desk.table)
    assert desk.loaded() == claims
    assert [*done.new] == [*claims]
    assert import_claims(desk.folders, desk.table).texts == {}
    assert sorted(files(desk.folders.content)) == names


# As programs write it: Excel in German, Excel's "Unicode text", LibreOffice, and one with quotes round every cell.
SHEET = [
    "ID|Ref|Source|Locator|Passage|Claim|Value|Value number|Value_Unit|Year|KIND|Basis|Use|Keep|Dated|Note",
    "beds|C901|survey|P1.1|7692c3ad|Of {beds.all} gardens, “{beds.young}” are young.|all|40|gardens|2020-2021|statistic|own|ok|of; young*|TRUE|One\nand two",
    "|||||||||||||||",
    "beds||||||young|8|gardens|||||||",
]


def written(separator: str, ends: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Return the sheet as a program writes it."""
    text = io.StringIO(newline="")
    style = {"delimiter": separator, "lineterminator": ends}
    csv.writer(text, **style, quoting=quoting).writerows(row.split("|") for row in SHEET)  # type: ignore[arg-type]
    return text.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        written(";", "\r\n").encode("utf-8-sig"),
        written("\t", "\r\n").encode("utf-16"),
        written(",", "\n").encode(),
        written(",", "\r\n", csv.QUOTE_ALL).encode(),
        re.sub(r"(?m);{8,}\r$", ";;;\r", written(";", "\r\n")).encode("utf-8-sig"),
    ],
    ids=["excel", "excel-unicode-text", "libreoffice", "quoted", "excel-short-rows"],
)
def test_a_table_is_read_as_spreadsheets_write_it(desk: Desk, data: bytes) -> None:
    """Separators, marks of the encoding, line ends, line breaks in cells, decimal commas, empty rows and short ones."""
    assert desk.take(data).new == ("beds",)
    assert (desk.claims.parent / "more.yaml").read_text("utf-8") == (
        "# yaml-language-server: $schema=../../.press/schema/claims.json\n"
        '\nbeds:\n  ref: C901\n  source: survey\n  locator: P1.1\n  passage: "7692c3ad"\n'
        "  claim: >-\n    Of {beds.all} gardens, “{beds.young}” are young.\n"
        '  values:\n    all: {number: "40", unit: gardens}\n    young: {number: "8", unit: gardens}\n'
        '  year: "2020-2021"\n  kind: statistic\n  basis: own\n  use: ok\n  dated: true\n'
        '  keep: [of, "young*"]\n  note: "One\\nand two"\n'
    )


# What spreadsheets calculate, or take for a date, a time, a number or nothing.
CELLS = [
    "=1+1",
    "+7",
    "-3",
    "@SUM(A1)",
    "6-7",
    "1/3",
    "1 in 4",
    "3.50",
    "007",
    "1E5",
    "2024-03-06",
    "12345e67",
]


def test_a_spreadsheet_alters_no_cell() -> None:
    """An apostrophe is before what it would; what it leaves alone has none, and one of a text stays."""
    [row] = csv.reader([write_cells([CELLS], ",").decode("utf-8-sig")])
    assert row == [f"'{cell}" for cell in CELLS]
    plain = [
        "48",
        "0",
        "C045",
        "P5.10",
        "8f792b12",
        "not stated",
        "'Tis quiet",
        "'" * 2000 + "words",
        "Over 48 gardens, 8 at schools",
    ]
    assert write_cells([plain[:-1]], ",").decode("utf-8-sig").strip() == ",".join(plain[:-1])
    assert write_cells([plain[-1:]], ";").decode("utf-8-sig").strip() == plain[-1]


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn"]), max_size=24)
ODD = st.text(st.sampled_from("'=+-@1/;,\"\n\té "), max_size=6)


@given(st.lists(st.lists(TEXTS | ODD, min_size=3, max_size=3), min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_cell_comes_back_as_it_was(tmp_path: Path, table: list[list[str]]) -> None:
    """Quotes, separators, apostrophes and line breaks too."""
    table = [["a", "b", "c"], *(row for row in table if any(map(str.strip, row)))]
    if forbidden_characters("".join(map("".join, table))):
        return
    (tmp_path / "t.csv").write_bytes(write_cells(table, ","))
    if any(cell.strip().startswith("#") for row in table for cell in row):
        return  # may be what a spreadsheet shows for a formula that failed
    assert read_cells(tmp_path / "t.csv") == table


def test_a_folder_without_a_series_has_no_table(desk: Desk) -> None:
    """One of another name would seem to have no claims."""
    (desk.folders.content / "series.yaml").unlink()
    with pytest.raises(UsageError, match=r"content has no series\.yaml; name the content's folder"):
        export_claims(desk.folders, desk.table)
    assert "has no series.yaml" in desk.refused(f"{HEAD}\n{NEW}", UsageError)


def test_nothing_is_overwritten_by_a_table(desk: Desk) -> None:
    """It may hold the work of an afternoon."""
    desk.table.write_text("my work", "utf-8")
    with pytest.raises(UsageError, match="is there with other words, and is not overwritten"):
        export_claims(desk.folders, desk.table)
    assert desk.table.read_text("utf-8") == "my work"


def test_a_claim_with_a_mistake_is_not_given_out(desk: Desk) -> None:
    """A table would hold half of it."""
    desk.claims.write_text(
        desk.claims.read_text("utf-8").replace("use: ok", "use: good", 1), "utf-8"
    )
    with pytest.raises(
        ContentRefusedError, match=r"gardens\.yaml:16:8: error: unknown value 'good'"
    ):
        export_claims(desk.folders, desk.table)
    assert not desk.table.exists()


# ---------------------------------------------------------------------- changes in place


def change(desk: Desk, table: str) -> list[str]:
    """Take in a table; return the lines that went and came in the file of claims."""
    before = desk.claims.read_text("utf-8").split("\n")
    desk.take(table)
    after = desk.claims.read_text("utf-8").split("\n")
    gone = [f"-{line.strip()}" for line in before if line not in after]
    return gone + [f"+{line.strip()}" for line in after if line not in before]


TWO = (("-", "visitors"), ("+", "all visitors"))


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("id,note\nquiet,Ask again.\n", ["+note: >-", "+Ask again."]),
        # by its ref alone
        ("ref,note\nC003,Ask again.\n", ["+note: >-", "+Ask again."]),
        ("id,caveat\nvisitors,Nobody knows.\n", ["-caveat: Nobody says who counted.", "+caveat: >-", "+Nobody knows."]),
        # an empty cell takes a key out, a column that is not there does nothing
        ("id,note\nrumour,\n", ["-note: a note to the editor"]),
        ("id,dated\nquiet,yes\n", ["+dated: true"]),
        (
            "id,certainty rating,certainty rater\nquiet,low,the authors\n",
            ["+certainty: {rating: low, rater: the authors}"],
        ),
        # the rows of a claim name all its values
        (
            "id,value,value of\nvisitors,children,all visitors\nvisitors,walkers,visitors\nvisitors,share,not stated",
            [f"{sign}children: {{number: 60, bound: more than, unit: percent, of: {of}}}" for sign, of in TWO],
        ),
        (
            "id,value,value unit\ngardens,total,gardens\ngardens,schools,gardens\ngardens,others,gardens\n",
            ["-streets: {counted: [Elm, Oak, Ash], unit: streets}"],
        ),
        (
            "id,value,value number,value derived\ngardens,total,40,\ngardens,schools,8,\ngardens,streets,,\ngardens,others,32,",
            ["-others: {derived: 40 - 8, unit: gardens}", '+others: {number: "32", unit: gardens}'],
        ),
    ],
)  # fmt: skip
def test_only_what_the_table_says_is_changed(desk: Desk, table: str, lines: list[str]) -> None:
    """In place, in the form that the claim is typed in."""
    for path in desk.folders.content.glob("b[lr]*/*"):
        path.unlink()  # what would rest on these values
    source = desk.folders.content / "sources/survey.yaml"
    source.write_text(source.read_text("utf-8").replace('"8"]', '"8", "32"]'), "utf-8")
    assert change(desk, table) == lines
    before = files(desk.folders.content)
    assert desk.take(table).texts == {}
    assert files(desk.folders.content) == before


WORDS = st.sampled_from(
    [
        *(
            "a",
            "six of 10",
            "Outdated: no",
            "- x",
            "it's # odd",
            'say "so"',
            "yes",
            "6-7",
            "key: x",
        ),
        *("é" * 130, "the word " * 30 + "end", "– a dash", "{a.b} of all", "[x]", "1) one 2) two"),
        *("year: 5 is a key", "long " * 22 + "year: 5 is not", "long " * 22 + "- is no item"),
    ]
)
LISTS = st.lists(st.sampled_from(["a", "b c", "d / e", "f*", "1"]), min_size=1, max_size=3)
VALUE = st.fixed_dictionaries(
    {"unit": WORDS},
    optional={
        "number": WORDS,
        "of": WORDS,
        "counted": LISTS,
        "interval": st.fixed_dictionaries({"low": WORDS}),
    },
)
CLAIM = st.fixed_dictionaries(
    {"ref": WORDS, "claim": WORDS},
    optional={
        "values": st.dictionaries(st.sampled_from(["one", "two", "date"]), VALUE, min_size=1),
        **dict.fromkeys(("caveat", "note", "year"), WORDS),
        **dict.fromkeys(("keep", "references"), LISTS),
        **dict.fromkeys(("dated", "chart"), st.booleans()),
        "certainty": st.fixed_dictionaries({"rating": WORDS}, optional={"rater": WORDS}),
    },
)


@st.composite
def typed(draw: st.DrawFn, value: object, indent: int = 2) -> str:
    """Return *value* behind its key, typed in one of the ways that an author may choose."""
    remark = draw(st.sampled_from(["", "", "  # a: [x], 'remark'"]))
    if isinstance(value, bool):
        return f" {str(value).lower()}{remark}\n"
    if isinstance(value, str) and draw(st.booleans()) and not value.startswith("é"):
        lines = value.split(" ") if len(value) > 100 else [value]
        return f" >-\n{''.join(f'{chr(32) * indent}{line}{chr(10)}' for line in lines)}"
    if isinstance(value, str) or draw(st.booleans()):
        return f" {json.dumps(value, ensure_ascii=False)}{remark}\n"
    if isinstance(value, list):
        return f"{remark}\n" + "".join(f"{' ' * indent}- {json.dumps(each)}\n" for each in value)
    assert isinstance(value, dict)
    lines = []
    for key, each in value.items():
        lines += [f"{' ' * indent}# of {key}\n"] * draw(st.booleans())
        lines.append(f"{' ' * indent}{key}:{draw(typed(each, indent + 2))}")
    return f"{remark}\n{''.join(lines)}"


def tree(value: object) -> object:
    """Return *value* as the reader of files does."""
    if isinstance(value, dict):
        return Keys((Scalar(key), tree(each)) for key, each in value.items())
    if isinstance(value, list):
        return Items(map(tree, value))
    return value if isinstance(value, bool) else Scalar(str(value))


COMMENT = re.compile(r"(?<=\s)# (?:of|a:).*")


@given(CLAIM, CLAIM, st.data())
@settings(max_examples=150)
def test_whatever_way_a_claim_is_typed_it_becomes_that_of_the_table(
    old: dict[str, object], new: dict[str, object], data: st.DataObject
) -> None:
    """Comments and the claims around it stay; where the program is not sure, it says so."""
    text = f"# top\nfirst: {{ref: C1}}\nmine:{data.draw(typed(old))}# before\nlast: {{ref: C2}}\n"
    file = decode(text.encode(), "a.yaml")
    known, problems = build_tree(file)
    assert known is not None, problems
    mine, wanted = known.find("mine"), tree(new)
    assert isinstance(mine, Keys)
    assert isinstance(wanted, Keys)
    splices = Splices(text.encode(), file, known)
    try:
        splices.taken += edit(splices, mine, wanted)
    except UnsureError:
        assert mine.flow or COMMENT.search(text)
        return
    after = splices.result().decode()
    found, problems = build_tree(decode(after.encode(), "a.yaml"))
    assert found is not None, problems
    assert found == {"first": {"ref": "C1"}, "mine": wanted, "last": {"ref": "C2"}}
    assert "# top" in after
    assert "# before" in after
    kept = COMMENT.findall(text)
    assert sorted(COMMENT.findall(after)) == sorted(kept)


@given(CLAIM)
def test_a_new_claim_is_typed_as_it_is_read(claim: dict[str, object]) -> None:
    """In the order of a claim, whatever that of the columns is."""
    wanted = tree(claim)
    assert isinstance(wanted, Keys)
    found, problems = build_tree(decode(text_of({"mine": wanted}).encode(), "a.yaml"))
    assert found is not None, problems
    assert found == {"mine": wanted}
    assert not list(lost_lines(found, {*Claim.model_fields, *Value.model_fields}))


# ---------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "1:1: error: this table is empty [table]"),
        (f"{HEAD},locatr\n{NEW},x", "1:10: error: cell J1: no column is called 'locatr'; did you mean 'locator'? [table]"),
        (f"{HEAD},ID\n{NEW},x", "1:10: error: cell J1, id: the column 'id' is there twice; take one out [table]"),
        (f"{HEAD},\n{NEW},x", "1:10: error: cell J1: the first row has no name for this column; docs/tables.md lists their names [table]"),
        (f"{HEAD}\n{NEW},x", "2:10: error: cell J2: this cell is beyond the last column of the first row; put a text with the separator in quotes [table]"),
        ("name;claim\na;b", "1:1: error: cell A1: no column is called 'name'"),
        ("claim;use\na;ok", "1:1: error: cell A1, claim: a table of claims needs a column 'id', or 'ref' [table]"),
        ("id,value unit\na,x", "1:2: error: cell B1, value unit: 'value unit' is of a value, whose name is in a column 'value': add it [table]"),
        ("id;ref,source\n", "1:1: error: the first row has both ',' and ';'; use one of them between the names of columns [table]"),
        ('id,note\nquiet,"open\n', "2:1: error: a quote is not closed, or stands inside a cell"),
        # what a spreadsheet leaves
        ("id,note\nquiet,=A1", "2:2: error: a formula; write what comes of it, or ' before a text that begins with '=' [table]"),
        ("id,note\nquiet,#NAME?", "2:2: error: a spreadsheet shows '#NAME?' in place of a value: mend its formula, or widen the column [table]"),
        ("id,note\nquiet,########", "2:2: error: a spreadsheet shows '########' in place of a value"),
        ('id,value,value number\ngardens,total,"1,234"', "2:3: error: cell C2, value number: '1,234' may be 1234 or 1.234; write 1234, or '1.234 with the apostrophe before it [table]"),
        ("id,note\nquiet,x".encode("utf-16")[:-1], "1:1: error: this file is damaged UTF-16; save it again, as CSV UTF-8 [encoding]"),
        ("id,note\nquiet,caf\xe9".encode("latin-1"), "2:10: error: byte 0xe9 is not UTF-8; save the file as UTF-8; in Excel, as 'CSV UTF-8' [encoding]"),
        # rows
        ("ref,note\nC999,x", "2:1: error: cell A2, ref: no claim has the ref C999; a new claim needs an id [table]"),
        (f"id,note\nquiet,{'x' * 140_000}\nquiet,y", "3:1: error: cell A3, id: row 2 is of the same claim; take one out [table]"),
        ("id,ref,note\n,,x", "2:1: error: cell A2, id: this row has neither an id nor a ref [table]"),
        ("id,note\nquiet,x\nquiet,x", "3:1: error: cell A3, id: row 2 is of the same claim; take one out [table]"),
        ("id,note,value\nquiet,x,\nquiet,y,", "3:2: error: cell B3, note: row 2 has another note for this claim; leave one of them empty [table]"),
        ("id,value,value unit\ngardens,a,b\ngardens,,b", "3:2: error: cell B3, value: a further row of a claim needs the name of a value [table]"),
        ("id,value,value number\ngardens,total,40\ngardens,total,40", "3:2: error: cell B3, value: value 'total' has a row above; take one out [table]"),
        ("id,file\nquiet,elsewhere", "2:2: error: cell B2, file: this claim is in "),
        (f"{HEAD},file\n{NEW},My File", "2:10: error: cell J2, file: 'My File' can't name a file of claims; write small letters"),
        # as by check: types, references, evidence, what others cite
        (f"{HEAD}\n{NEW.replace('fact', 'fct')}", "2:7: error: cell G2, kind: unknown value 'fct'; did you mean 'fact'? [schema]"),
        (f"{HEAD}\n{NEW.replace('calm', 'Calm')}", "2:1: error: cell A2, id: expected an id of lower-case letters, digits and '_', found 'Calm' [schema]"),
        (HEAD.replace(",locator", "") + "\n" + NEW.replace(",P1.3", ""), "1:1: error: claim 'calm' is new, and the first row has no column 'locator'; add it [table]"),
        (f"{HEAD}\n{NEW.replace('C900', 'C001')}", "2:2: error: cell B2, ref: C001 is the ref of claim 'gardens' already [reference]"),
        (f"{HEAD}\n{NEW.replace('P1.3', 'P9.9')}", "2:4: error: cell D2, locator: source 'survey' has no passage P9.9"),
        (f"{HEAD},dated\n{NEW},maybe", "2:10: error: cell J2, dated: expected true or false, found 'maybe' [schema]"),
        ("id,value,value number\ngardens,total,41", "2:3: error: cell C2, value number: 'gardens.total' is 41, which is not among the values of passage P1.1"),
        ('id,value,value number\ngardens,total,"1,234,567"', "'gardens.total' is 1234567, which is not among"),
        ("id,use\ngardens,do_not_use", "content/blocks/"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_cell_and_nothing_is_written(
    desk: Desk, table: str | bytes, said: str
) -> None:
    """Row and column as the spreadsheet counts them."""
    assert said in desk.refused(table)


def test_all_mistakes_are_told_at_once(desk: Desk) -> None:
    """In all rows, and the sound ones are not written either."""
    told = desk.refused(
        f"{HEAD}\n{NEW}\n{NEW.replace('calm', 'one').replace('fact', 'fct')}\ntwo,C1"
    )
    assert [line.split(" error:")[0] for line in told.split("\n")] == ["3:7:", *["4:1:"] * 7]


def test_what_was_wrong_before_stops_no_table(desk: Desk) -> None:
    """A text may wait for the claim that the table brings."""
    claims = desk.claims.read_text("utf-8")
    desk.claims.write_text(claims.replace("P1.1", "P9.1", 1), "utf-8")
    assert desk.take("id,note\nquiet,x\ngardens,").changed == {"quiet": ("note",)}


def test_a_new_claim_waits_for_who_compares_it_with_its_passage(desk: Desk) -> None:
    """It is written, since only then its words can be accepted."""
    done = desk.take(f"{HEAD}\n{NEW}")
    assert (done.new, done.unaccepted) == (("calm",), ("calm",))
    assert [problem.rule for problem in done.problems] == ["passage"]
    assert "does not say for which words" in str(done.problems[0])
    assert desk.take(f"{HEAD},passage\n{NEW},8b5b9db0").unaccepted == ()


def test_what_the_program_is_not_sure_of_is_left_to_the_author(desk: Desk) -> None:
    """A remark inside what would be another list."""
    text = desk.claims.read_text("utf-8")
    desk.claims.write_text(
        text.replace('references: ["1"]', 'references: ["1"  # one\n    ]'), "utf-8"
    )
    assert "claim 'gardens': the program is not sure" in desk.refused(
        "id,references\ngardens,1; 1", RefusedError
    )


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    """And tells the same."""
    before = files(desk.folders.content)
    told = desk.take(f"{HEAD}\n{NEW}", dry=True)
    assert files(desk.folders.content) == before
    assert desk.take(f"{HEAD}\n{NEW}") == told


def test_killed_at_any_moment_it_has_written_all_or_nothing(desk: Desk) -> None:
    """A new file and one that changes."""
    needs("strace")
    for path in desk.folders.content.glob("b[lr]*/*"):
        path.unlink()  # which takes time to check
    quiet = "quiet,C003,survey,P1.3,Gardens are quiet.,not stated,fact,own,ok,Ask again."
    desk.table.write_text(f"{HEAD},note\n{NEW},\n{quiet}\n", "utf-8")
    place, old = desk.table.parent, files(desk.folders.content)
    do("import", place)
    new = files(desk.folders.content)
    assert len(new) == len(old) + 1
    calls = ("fsync", 2), ("renameat2", 1), ("rename", 1)
    with killed("import", place, ("fsync", "renameat2", "rename")) as killing:
        for call, number in calls:
            shutil.rmtree(desk.folders.content)
            for name, data in old.items():
                (desk.folders.content / name).parent.mkdir(parents=True, exist_ok=True)
                (desk.folders.content / name).write_bytes(data)
            assert killing(call, number) == -signal.SIGKILL
            assert files(desk.folders.content) in (old, new)
    do("import", place)
    assert files(desk.folders.content) == new


def test_the_tasks_take_in_and_give_out(tmp_path: Path) -> None:
    """With what is new, what is another, and what is left to do."""
    project = copied(tmp_path.resolve() / "project")
    with project.warm():
        assert project.good("export", "claims") == "claims.csv: 5 claims\n"
        again = project.good("import", "claims", "claims.csv", "--dry-run")
        assert again == "0 claims would be new, 0 claims would be changed, 5 as before\n"
        (project.root / "more.csv").write_text(f"{HEAD}\n{NEW}\n", "utf-8")
        done = project.run("import", "claims", "more.csv", "--output", "json")
        told = json.loads(done.stdout)
        assert (done.returncode, told["new"], told["unaccepted"]) == (1, ["calm"], ["calm"])
        [problem] = told["problems"]
        place = (problem["path"], problem["line"], problem["column"], problem["rule"])
        assert place == ("more.csv", 2, 4, "passage")
        wrong = project.run("import", "blocks", "more.csv")
        said = "inv: inv import knows no 'blocks'; write inv import claims\n"
        assert (wrong.returncode, wrong.stderr) == (2, said)
        own = project.run("export", "claims", "content/claims/claims.csv")
        assert (own.returncode, own.stdout) == (74, "")
        assert "would change what is in content; choose another place" in own.stderr


def test_in_a_folder_with_outputs_files_are_written_one_by_one(desk: Desk) -> None:
    """A new one in a folder that was not there, too."""
    content = desk.folders.content
    (content / "build").mkdir()
    desk.claims.unlink()
    desk.claims.parent.rmdir()
    desk.folders = Folders.of(HERE.root, content)
    desk.take(f"{HEAD},passage\n{NEW},8b5b9db0")
    assert (content / "claims/more.yaml").exists()
    assert (content / "build").is_dir()


def test_a_claim_whose_source_is_a_list_is_known_by_its_ref_alone(desk: Desk) -> None:
    """What is typed in a series may be anything, until it is checked."""
    text = desk.claims.read_text("utf-8").replace(
        "ref: C003\n  source: survey", "ref: C003\n  source: [a]"
    )
    desk.claims.write_text(text, "utf-8")
    assert "no claim has the ref C003" in desk.refused("ref,source,note\nC003,survey,x")
