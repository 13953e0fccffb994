"""Say what the columns of a list mean: of our own lists, and of those that address books and mailers export."""

import re
from collections.abc import Sequence

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
STATUS = (  # names of columns, and what they say of those who stay and of those who have left
    ("((email|member|contact|subscription|subscriber) )?status", f"|{_STAYS}", _LEFT),
    (_STAYS, _YES, _NO),
    (_LEFT, f"|{_NO}", rf"{_YES}|\d{{1,4}}[-./ ]\d.*"),
    (r"(unsub|clean) \w.*", "", ".+"),  # Mailchimp: when and why
)
# the name of a column that may say who has left, whatever its values mean
SUSPECT = re.compile("status|subscri|unsub|bounce|clean|opt(ed)? ?out|block|blacklist|complain")


def simplify(name: str) -> str:
    """Return a *name* or a value in small letters, its words parted by single spaces."""
    return " ".join(re.split(r"[\s_-]+", name.strip().casefold())).strip()


def column_names(names: Sequence[str]) -> list[str]:
    """Return what each of the columns *names* is read as, its own name in brackets where another one is better."""
    best = {next((a for a in (name, *ALIASES[name]) if a in names), ""): name for name in ALIASES}
    return [best.get(name, f"({name})" if name in ALIASES else name) for name in names]


def status_words(name: str) -> tuple[str, str] | None:
    """Return patterns of what the column *name* says of who stays and of who has left, None where it says neither."""
    return next(
        ((stays, left) for column, stays, left in STATUS if re.fullmatch(column, name)), None
    )
