"""Say what the columns of a list mean: of our own lists, and of those that address books and mailers export."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from press.content.csv_rows import simplify
from press.content.scalar import Scalar
from press.problems import Problem

ALIASES = {  # what Mailchimp, Outlook, Google and Thunderbird call our columns, the best name first
    "email": ("email address", "e mail address", "e mail 1 value", "primary email", "e mail"),
    "name": ("display name", "full name"),
    "first name": ("given name", "firstname"),
    "last name": ("family name", "lastname"),
    "language": (),
}
_YES, _NO = "yes|true|1|y|x", "no|false|0|n"
_STAYS = "subscribed( to emails)?|active|enabled|confirmed"
_LEFT = (
    "unsubscribed|((hard|soft) )?bounced|cleaned|complained|(black|block)(list)?ed|suppressed|opt(ed)? out|"
    "(email )?disabled|inactive|cancelled|archived|pending|unconfirmed"
)
_HAS = "((is|has|email) )?"
STATUS = (  # names of columns, and what they say of those who stay and of those who have left
    ("((email|member|contact|subscription|subscriber) )?status", f"|{_STAYS}", _LEFT),
    (f"{_HAS}({_STAYS})", _YES, _NO),
    (f"{_HAS}({_LEFT})", f"|{_NO}", rf"{_YES}|\d{{1,4}}[-./ ]\d.*"),
    (r"(unsub|clean) \w.*", "", ".+"),  # Mailchimp: when and why
)
# the name of a column that may say who has left, whatever its values mean; also in Russian, Kyrgyz, German and French
SUSPECT = re.compile(
    "status|subscri|unsub|bounce|clean|opt(ed)? ?out|opt(ed)? ?in$|block|blacklist|complain|consent|permission|gdpr|"
    "newsletter|spam|accepts|wants|do ?not|no (e ?)?mail|delete|remove|suspend|invalid|undeliver|deceased|"
    r"^(left|died|send)\b|"
    "статус|подпис|отпис|рассыл|соглас|отказ|удал|жазыл|statut|abonn|abgemeldet|einwillig"
)
# in the cells of any other column, such as one of tags
SUSPECT_WORDS = re.compile(
    "unsubscri|opt(ed)?[ -]out|bounced|do not e?-?mail|отпис|désabonn|abgemeldet"
)


def column_names(names: Sequence[str]) -> list[str]:
    """Return what each of the columns *names* is read as, its own name in brackets where another one is better."""
    best = {
        found: name
        for name in ALIASES
        if (found := next(filter(names.__contains__, (name, *ALIASES[name])), ""))
    }
    return [best.get(name, f"({name})" if name in ALIASES else name) for name in names]


def status_words(name: str) -> tuple[str, str] | None:
    """Return patterns of what the column *name* says of who stays and of who has left, None where it says neither."""
    return next(
        ((stays, left) for column, stays, left in STATUS if re.fullmatch(column, name)), None
    )


def unread_columns(others: dict[str, Scalar]) -> Iterator[Problem]:
    """Yield the columns that nothing reads, and refuse each that may tell who has left."""
    for name in filter(SUSPECT.search, others):
        message = (
            f"the column '{name[:40]}' may say who wants no mail, in words that are not known here; "
            f"take these readers out, and add --ignore '{name[:40]}'"
        )
        yield Problem(others[name].place, message, "status")
    if plain := [cell for name, cell in others.items() if not SUSPECT.search(name)]:
        shown = ", ".join(f"'{cell.strip()[:40]}'" for cell in plain)
        message = f"nothing reads the column{'s' if len(plain) > 1 else ''} {shown}"
        yield Problem(plain[0].place, message, "column")


def reasons(row: dict[str, Scalar], statuses: Mapping[str, tuple[str, str]]) -> Iterator[Problem]:
    """Yield why the reader of *row* gets nothing: one of the columns *statuses* says so, or has an unknown word."""
    for name, (stays, left) in statuses.items():
        value, shown = simplify(row[name]), row[name].strip()[:40]
        if re.fullmatch(left, value):
            message = f"'{row['email'].strip()}' gets nothing: '{name}' is '{shown}'"
            yield Problem(row[name].place, message, "suppressed")
        elif not re.fullmatch(stays, value):
            way_out = f"correct it, or add --ignore '{name}'"
            message = f"the {name} '{shown}' is not known here; {way_out}"
            yield Problem(row[name].place, message, "status")


def suspicions(row: dict[str, Scalar], others: Collection[str]) -> Iterator[Problem]:
    """Yield the cells in the columns *others* which may say that the reader of *row* has left."""
    for name in others:
        if match := SUSPECT_WORDS.search(row[name].casefold()):
            message = (
                f"'{match[0]}' in '{name}' may mean that this reader wants no mail; "
                f"take the reader out, or add --ignore '{name}'"
            )
            yield Problem(row[name].place, message, "status")
