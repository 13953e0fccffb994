"""Read an address of a reader: refuse what leads elsewhere than it looks; the gate to email_validator."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

QUOTES = ("'", "`")  # which some mail programs allow, inside
LOOKALIKES = {*"асԁеһіјӏорԛѕԝхуүαικνορυχ"}  # Cyrillic and Greek letters that look like Latin ones
EAST = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"}  # one name may mix them


def parse_address(typed: str) -> tuple[str, str]:
    """Return the address as it goes into a message, in ASCII if possible, and a key that all ways to write it share.

    Raises:
        ValueError: it is not an address.
    """
    if typed.count("@") > 1:
        raise ValueError(
            "this is not a mail address: it has more than one '@'; give each reader a row"
        )
    try:
        valid = validate_email(typed.strip(), check_deliverability=False, strict=True)
    except EmailNotValidError as error:
        words = str(error)
        raise ValueError(
            f"this is not a mail address: {words[:1].lower()}{words[1:].rstrip('.')}"
        ) from None
    user = valid.local_part
    signs = (char for char in user if not char.isascii() and unicodedata.category(char)[0] in "PS")
    if user.startswith(QUOTES) or user.endswith(QUOTES) or any(signs):
        raise ValueError("this is not a mail address: it has a stray quote or sign; remove it")
    if unicodedata.normalize("NFKC", user) != user:
        raise ValueError(
            "this is not a mail address: it has letters of another width; type it again"
        )
    for part in (user, *valid.domain.split(".")):
        words = " and ".join(kinds := _scripts(part))
        if kinds and {*filter(str.isalpha, part)} <= LOOKALIKES:
            raise ValueError(f"'{part}' is {words} and looks Latin; type the address again")
        if len(kinds) > 1:
            raise ValueError(f"'{part}' mixes {words} letters; type the address in one alphabet")
    key = f"{valid.local_part}@{valid.ascii_domain or valid.domain}".casefold()
    return valid.ascii_email or valid.normalized, key


def _scripts(part: str) -> list[str]:
    """Return the alphabets of *part* of an address."""
    names = (unicodedata.name(char, "").split(" ")[0] for char in part if char.isalpha())
    return [*dict.fromkeys("CJK" if name in EAST else name.capitalize() for name in names)]
