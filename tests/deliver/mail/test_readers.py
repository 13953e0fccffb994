"""The list of readers: every row is looked at, each reader is there once, and mistakes have their place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.content.reader.yaml_tree import forbidden_characters
from press.deliver.mail import exports, reader_list
from press.problems import ContentRefusedError, OutputError

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "email,name,language\n"


def listed(folder: Path, text: str | bytes, suppressed: str = "") -> reader_list.ReaderList:
    """Read a list, and what is suppressed where it is given."""
    path = folder / "list.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    if not suppressed:
        return reader_list.read(path)
    (folder / "leave.csv").write_text(suppressed, encoding="utf-8")
    return reader_list.read(path).without(folder / "leave.csv")


def said(listed: reader_list.ReaderList) -> list[str]:
    """Return the problems without the folder."""
    return [
        f"{one.place.line}:{one.place.column}: {one.severity}: {one.message} [{one.rule}]"
        for one in listed.problems
    ]


@pytest.mark.parametrize(
    "text",
    [
        "email,name,language\na@example.org,Anna,en\n",
        "\ufeffemail,name,language\r\na@example.org,Anna,en\r\n",
        "email;name;language\na@example.org;Anna;en",
        'Email , NAME,language\n\n" a@example.org ",  Anna ,EN\n\n',
        'language,phone,name,email\nen,"1, 2",Anna,a@example.org\n',
    ],
)
def test_a_reader_is_read_however_the_table_is_written(tmp_path: Path, text: str) -> None:
    """Comma or semicolon, a mark of the byte order, other columns, quotes, empty lines."""
    [reader] = listed(tmp_path, text).readers
    assert (reader.address, reader.name, reader.language) == ("a@example.org", "Anna", "en")


def test_name_and_language_may_be_missing(tmp_path: Path) -> None:
    """A list of addresses is a list of readers."""
    [reader, other] = listed(tmp_path, "email\na@example.org\nb@example.org\n").readers
    assert (reader.name, reader.language, reader.row, other.row) == ("", "", 2, 3)


ROWS = [  # of the list: the row, and what is said of it
    ("a@,Anna,en", "2:1: error: this is not a mail address: "),
    ("a@localhost,Anna,en", "2:1: error: this is not a mail address: "),
    ("Anna <a@example.org>,Anna,en", "2:1: error: this is not a mail address: "),
    ('"a@example.org\nBcc: b@example.org",Anna,en', "2:1: error: this is not a mail address: "),
    ('a@example.org,"Anna\nBcc: b@example.org",en', "2:15: error: a name has one line"),
    ("a@example.org,=?utf-8?q?Bcc?=,en", "2:15: error: '=?' begins a code"),
    (f"a@example.org,{'x' * 201},en", "2:15: error: a name has at most 200 characters"),
    ("a@example.org,Anna,english", "2:20: error: no language has the code 'english'"),
    ("a@example.org,Anna,xx", "2:20: error: no language has the code 'xx'"),
    ("a@example.org,Anna,xx-GB", "2:20: error: no language has the code 'xx-GB'"),
    ("a@ex\u0430mple.org,Anna,en", "2:1: error: 'ex\u0430mple' mixes Latin and Cyrillic letters"),
    ("a@xn--exmple-4nf.org,Anna,en", "2:1: error: 'ex\u0430mple' mixes Latin and Cyrillic letters"),
    ("\u0430nna@example.org,Anna,en", "2:1: error: '\u0430nna' mixes Cyrillic and Latin letters"),
    ("ann\u03b1@example.org,Anna,en", "2:1: error: 'ann\u03b1' mixes Latin and Greek letters"),
    ("'a@example.org,Anna,en", "2:1: error: this is not a mail address: it has a stray quote"),
    ("a'@example.org,Anna,en", "2:1: error: this is not a mail address: it has a stray quote"),
    ("`a@example.org,Anna,en", "2:1: error: this is not a mail address: it has a stray quote"),
    ("\u201ca@example.org,Anna,en", "2:1: error: this is not a mail address: it has a stray quote"),
    ("o\u2019neil@example.org,Anna,en", "2:1: error: this is not a mail address: it has a stray"),
    ("\uff07a@example.org,Anna,en", "2:1: error: this is not a mail address: it has a stray quote"),
    ("\u2032a@example.org,Anna,en", "2:1: error: this is not a mail address: it has a stray quote"),
    ("\uff41@example.org,Anna,en", "2:1: error: this is not a mail address: it has letters of"),
    (
        "a@\u0441\u043e\u0440.org,Anna,en",
        "2:1: error: '\u0441\u043e\u0440' is Cyrillic and looks Latin",
    ),
    ("\u0430@example.org,Anna,en", "2:1: error: '\u0430' is Cyrillic and looks Latin"),
    (
        "a@\u0440\u0430\u0443-1.org,Anna,en",
        "2:1: error: '\u0440\u0430\u0443-1' is Cyrillic and looks",
    ),
    ("a@\u03bf\u03bd.org,Anna,en", "2:1: error: '\u03bf\u03bd' is Greek and looks Latin"),
    (
        "a@example.org ::: b@example.org,Anna,en",
        "2:1: error: this is not a mail address: it has more than one '@'; give each reader a row",
    ),
    (f"{'a' * 65}@example.org,Anna,en", "2:1: error: this is not a mail address: "),
    ("a@example.org,=1+1,en", "2:15: error: a name does not begin with '='"),
    ("a@example.org, +996,en", "2:15: error: a name does not begin with '+'"),
    ("a@example.org,-Anna,en", "2:15: error: a name does not begin with '-'"),
    ("a@example.org,@anna,en", "2:15: error: a name does not begin with '@'"),
]


@pytest.mark.parametrize(
    "row", ["o'neil@example.org", "жанар.1@example.org", "東京カ@example.org", "a@почта.рф"]
)
def test_an_address_of_one_alphabet_is_right(tmp_path: Path, row: str) -> None:
    """An apostrophe inside it, digits and signs, and the letters that Japanese mixes."""
    assert len(listed(tmp_path, f"email\n{row}\n").readers) == 1


@pytest.mark.parametrize("code", ["en-GB", "en_us", "EN-Latn-GB", "en"])
def test_a_language_with_a_country_is_the_language(tmp_path: Path, code: str) -> None:
    """Browsers and forms write it so."""
    assert listed(tmp_path, f"{HEAD}a@example.org,Anna,{code}\n").readers[0].language == "en"


OUTLOOK = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,E-mail Address,E-mail 2 Address,"
    "E-mail 3 Address,Home Phone,Business State,Language,Priority,Private,Categories\n"
    '"Anna",,"Orozova",,,,,,"a@example.org",,,,,,"Normal",,""\n"Bob",,,,,,,,,,,+996 312,,,"Normal",,""\n'
)
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Nickname,File As,Organization Name,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value\n"
    "Anna,,Orozova,,,,,,,,* myContacts,* Work,a@example.org,,,Mobile,+996 555\n"
)
OLD_GOOGLE = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Birthday,Subject,Notes,Language,Photo,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value\nAnna Orozova,Anna,,Orozova,,,,,en,,* myContacts,* ,a@example.org\n"
)
MAILCHIMP = (
    '"Email Address","First Name","Last Name",Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,GMTOFF,'
    "LAST_CHANGED,LEID,EUID,NOTES,TAGS\n"
    'a@example.org,Anna,Orozova,,2,,,"2026-01-02 10:00:00",192.0.2.1,,"2026-01-02 10:00:00",1,ab,,"""x"",""y"""\n'
)
THUNDERBIRD = (
    "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Work Phone,Home State,Notes\n"
    "Anna,Orozova,Anna Orozova,,a@example.org,b@example.org,,,,\n"
)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("text", [OUTLOOK, GOOGLE, OLD_GOOGLE, MAILCHIMP, THUNDERBIRD])
@pytest.mark.parametrize("sign", [",", "\t"])
def test_a_list_that_another_program_exported_is_read(
    tmp_path: Path, text: str, mark: str, sign: str
) -> None:
    """Address and name; who has no address is left out, and all columns that nothing reads are named at once."""
    wanted = text.replace(",", sign) if text is not MAILCHIMP else text
    found = listed(tmp_path, f"{mark}{wanted}".replace("\n", "\r\n"))
    [reader] = found.readers
    assert (reader.address, reader.name) == ("a@example.org", "Anna Orozova")
    assert [one.rule for one in found.problems] == ["column"] + ["address"] * (text is OUTLOOK)
    assert {one.severity for one in found.problems} == {"warning"}


STATUSES = [  # a column, its value, and whether it is mail, no mail, or a mistake
    ("status", "Subscribed", "mail"),
    ("status", "", "mail"),
    ("status", "unsubscribed", "none"),
    ("Email Status", "Hard-Bounced", "none"),
    ("STATUS", "cleaned", "none"),
    ("status", "gold", "wrong"),
    ("unsubscribed", "no", "mail"),
    ("unsubscribed", "", "mail"),
    ("unsubscribed", "TRUE", "none"),
    ("bounced", "2026-01-02 10:00", "none"),
    ("cleaned", "perhaps", "wrong"),
    ("UNSUB_TIME", "2026-01-02 10:00:00", "none"),
    ("UNSUB_REASON", "too much", "none"),
    ("CLEAN_TIME", "", "mail"),
    ("subscribed_to_emails", "true", "mail"),
    ("subscribed", "0", "none"),
    ("subscribed", "", "wrong"),
    ("Marital status", "single", "wrong"),
    ("newsletter_blocked_since", "", "wrong"),
    ("is_active", "yes", "mail"),
    ("is_active", "no", "none"),
    ("Email Opt Out", "1", "none"),
    ("email_blacklisted", "", "mail"),
    ("Opt-in", "no", "wrong"),
    ("GDPR consent", "", "wrong"),
    ("Do not email", "yes", "wrong"),
    ("Accepts Marketing", "no", "wrong"),
    ("Left", "2019", "wrong"),
    ("Статус", "отписан", "wrong"),
    ("Подписан", "нет", "wrong"),
    ("désabonné", "oui", "wrong"),
]


@pytest.mark.parametrize(("column", "value", "wanted"), STATUSES)
def test_a_status_is_obeyed_or_waved_through(
    tmp_path: Path, column: str, value: str, wanted: str
) -> None:
    """Where its name and its words are known, it decides; elsewhere somebody has to look."""
    text = f"email,{column}\na@example.org,{value}\n"
    found = listed(tmp_path, text)
    rules = [one.rule for one in found.problems]
    assert rules[:1] == {"mail": [], "none": ["suppressed"], "wrong": ["status"]}[wanted]
    assert len(found.readers) == (wanted == "mail" or "may say" in str(found.problems))
    if wanted == "wrong":
        assert "add --ignore" in said(found)[0]
        path = tmp_path / "list.csv"
        waved = reader_list.read(path, [column])
        assert (len(waved.readers), waved.problems) == (1, ())


def test_a_suspicious_column_is_named_once(tmp_path: Path) -> None:
    """Not as one that nothing reads, too."""
    found = listed(tmp_path, "email,consent,town\na@example.org,no,Osh\n")
    assert [one.message.partition(";")[0] for one in found.problems] == [
        "the column 'consent' may say who wants no mail, in words that are not known here",
        "nothing reads the column 'town'",
    ]


@pytest.mark.parametrize("word", ["Unsubscribed", "* myContacts ::: opted out", "отписался в мае"])
def test_a_tag_of_who_has_left_is_seen(tmp_path: Path, word: str) -> None:
    """Address books keep it among the labels, or in a note."""
    found = listed(tmp_path, f"email,Labels\na@example.org,{word}\nb@example.org,\n")
    assert [reader.address for reader in found.readers] == ["b@example.org"]
    assert "in 'labels' may mean that this reader wants no mail" in said(found)[1]
    waved = reader_list.read(tmp_path / "list.csv", ["Labels"])
    assert (len(waved.readers), waved.problems) == (2, ())


def test_a_column_without_a_name_is_not_taken_for_another(tmp_path: Path) -> None:
    """Thunderbird ends its first line with a comma, and Excel keeps columns that were emptied."""
    [reader] = listed(tmp_path, "email,first name,,\na@example.org,Anna,zz,xx\n").readers
    assert (reader.name, reader.language) == ("Anna", "")


def test_an_empty_row_is_no_reader(tmp_path: Path) -> None:
    """Excel exports the rows below a table."""
    found = listed(tmp_path, "email;name\na@example.org;Anna\n;\n  \n;;;\nb@example.org;Bob\n")
    assert [(reader.row, reader.name) for reader in found.readers] == [(2, "Anna"), (6, "Bob")]
    assert found.problems == ()


@pytest.mark.parametrize("words", [("subscribed", "unsubscribed"), ("bounced", "subscribed")])
def test_who_has_left_in_one_row_has_left(tmp_path: Path, words: tuple[str, str]) -> None:
    """Whatever another row says of the same address."""
    rows = "".join(
        f"{address},{word}\n" for address, word in zip(("a@b.org", "A@b.org"), words, strict=True)
    )
    assert listed(tmp_path, f"email,status\n{rows}").readers == ()


def test_a_mistake_in_the_row_of_who_has_left_keeps_nobody_waiting(tmp_path: Path) -> None:
    """An address bounces because it is none."""
    found = listed(tmp_path, "email,status\na@,bounced\nb@example.org,\n")
    assert [reader.address for reader in found.readers] == ["b@example.org"]
    assert said(found) == ["2:4: warning: 'a@' gets nothing: 'status' is 'bounced' [suppressed]"]


def test_all_bad_rows_are_named_at_once(tmp_path: Path) -> None:
    """Those of another length, with a quote inside, with a wrong address: in the order of the list."""
    text = f'{HEAD}a@,Anna,en\nb@example.org,Bob\nc@,Cleo,en\nd@example.org,D"or"a,en\ne@example.org,"E\n'
    with pytest.raises(ContentRefusedError) as refused:
        listed(tmp_path, text)
    lines = [(one.place.line, one.rule) for one in refused.value.problems]
    assert lines == [(2, "address"), (3, "row"), (4, "address"), (5, "list"), (6, "list")]


@pytest.mark.parametrize(("row", "message"), ROWS)
def test_a_row_that_is_wrong_is_named(tmp_path: Path, row: str, message: str) -> None:
    """The place is that of the cell, and the row is left out."""
    found = listed(tmp_path, f"{HEAD}{row}\nb@example.org,Bob,en\n")
    assert [reader.name for reader in found.readers] == ["Bob"]
    [problem] = said(found)
    assert problem.startswith(message)


def test_all_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    """Two mistakes in a row, one in the next."""
    found = listed(tmp_path, f"{HEAD}a@,Anna,english\nb@,Bob,en\n")
    assert [line.partition(":")[0] for line in said(found)] == ["2", "2", "3"]


@pytest.mark.parametrize("other", ["a@example.org", "A@EXAMPLE.ORG", " a@Example.Org "])
def test_a_reader_who_is_listed_twice_gets_one_copy(tmp_path: Path, other: str) -> None:
    """The way in which the address is written makes no other reader."""
    found = listed(tmp_path, f"{HEAD}a@example.org,Anna,en\n{other},Anna,en\n")
    assert [reader.address for reader in found.readers] == ["a@example.org"]
    [problem] = said(found)
    assert problem.startswith("3:1: warning: ")
    assert problem.endswith("is also in line 2, and gets one copy [twice]")


def test_a_domain_in_other_letters_is_the_same(tmp_path: Path) -> None:
    """As it is read, and as machines write it; the message gets the latter."""
    found = listed(tmp_path, "email\na@bücher.example.org\na@xn--bcher-kva.example.org\n")
    assert [reader.address for reader in found.readers] == ["a@xn--bcher-kva.example.org"]
    assert found.problems[0].rule == "twice"


def test_a_reader_who_is_listed_in_two_languages_is_a_mistake(tmp_path: Path) -> None:
    """Nobody can say which one he wants."""
    found = listed(tmp_path, f"{HEAD}a@example.org,Anna,en\na@example.org,Anna,ky\n")
    assert said(found) == [
        "3:1: error: 'a@example.org' is also in line 2, in another language; remove one of them [twice]"
    ]


def test_an_address_in_other_letters_keeps_them(tmp_path: Path) -> None:
    """Before the @ nothing can be put into ASCII; the server has to know it."""
    [reader] = listed(tmp_path, "email\nжанар@example.org\n").readers
    assert reader.address == "жанар@example.org"


def test_who_is_suppressed_gets_nothing(tmp_path: Path) -> None:
    """However the address is written; the place says which row of which list."""
    found = listed(tmp_path, f"{HEAD}A@example.org,Anna,en\n", "email,why\na@EXAMPLE.org,asked\n")
    assert found.readers == ()
    [problem] = found.problems
    assert str(problem).endswith(
        "leave.csv:2:1: warning: 'A@example.org' gets nothing: this list suppresses the address [suppressed]"
    )


def test_a_list_of_the_suppressed_that_cannot_be_trusted_is_refused(tmp_path: Path) -> None:
    """A mistyped address there would send to somebody who has asked us not to."""
    with pytest.raises(
        ContentRefusedError, match=r"leave\.csv:2:1: error: this is not a mail address"
    ):
        listed(tmp_path, "email\na@example.org\n", "email\na@\n")


def test_a_column_that_nothing_reads_is_named(tmp_path: Path) -> None:
    """A mistyped name of a column would else be missed without a word."""
    found = listed(tmp_path, "email,langauge\na@example.org,ky\n")
    assert said(found) == ["1:7: warning: nothing reads the column 'langauge' [column]"]


TABLES = [  # that are none, and what is said
    (b"", "the first line names the columns, and none is 'email'"),
    (b"name,language\nAnna,en\n", "none is 'email'"),
    (b'"email,name\n', "1:1: error: a quote is not closed"),
    (b"email,name;language\n", "has both ',' and ';'"),
    (b"email,email\n", "the column 'email' is there twice"),
    (b"email,name\na@example.org\n", "this row needs 2 cells, as in the first row; it has 1"),
    (
        b"email,name\na@example.org,Anna,en\n",
        "this row needs 2 cells, as in the first row; it has 3",
    ),
    (b'email,name\na@example.org,"Anna\n', "a quote is not closed"),
    (b'email,name\na@example.org,"An"na\n', "stands inside a cell"),
    ("email,name\na@example.org,Ünal\n".encode("latin-1"), "byte 0xdc is not UTF-8"),
    ("email\na@example.org\n".encode("utf-16")[:-1], "is damaged UTF-16; save it again"),
    (b"email\na\x00@example.org\n", "U+0000"),
    ("email,name\na@example.org,Anna\u202e\n".encode(), "U+202E"),
    (b"email\ra@example.org\r", "U+000D"),
    (b"x" * ((16 << 20) + 1), "bigger than 16 MiB"),
]


@pytest.mark.parametrize(("data", "message"), TABLES, ids=[one[1] for one in TABLES])
def test_what_is_no_list_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    """The whole file is, since nobody can say what its rows are."""
    with pytest.raises(ContentRefusedError) as refused:
        listed(tmp_path, data)
    assert message in str(refused.value)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(OutputError, match=r"list\.csv: no such file"):
        reader_list.read(tmp_path / "list.csv")


ANY = st.text(
    st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n"), max_size=9
)

CELL = ANY.filter(lambda text: not forbidden_characters(text))


@given(rows=st.lists(st.tuples(CELL, CELL), max_size=5))
def test_what_is_written_can_be_read_again(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    """Quotes, line breaks, separators; what looks like a formula has an apostrophe in front."""
    path = tmp_path_factory.getbasetemp() / "again.csv"
    path.write_bytes(exports.as_csv([("email", "name"), *rows]))
    found = reader_list.read_table(path).rows
    full = [row for row in rows if any(map(str.strip, row))]  # a row without words is no reader
    wanted = [[f"'{cell}" if cell[:1] in {*"=+-@"} else cell for cell in row] for row in full]
    assert [[*map(str, row.values())] for row in found] == wanted


def test_a_pipe_is_no_list(tmp_path: Path) -> None:
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "readers.csv")
    with pytest.raises(OutputError, match=r"readers\.csv: not a regular file"):
        reader_list.read_table(tmp_path / "readers.csv")
