"""Check a scalar against the pattern that it has to match whole, in words for one that does not."""

import re
from decimal import Decimal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from press.content.reader.messages import clip, expected
from press.content.scalar import Scalar
from press.content.text.links import LONGEST
from press.content.text.markdown import Markdown, long_words

CUT = "the comment behind this text would cut it off; put the text in quotes or under '>-' if '#' belongs to it"
LONGEST_LINE = 6_000  # characters; a page and a half
LONGEST_HEAD = 400  # of a title, label or name: six lines, which are laid out in many settings
LONGEST_FOOT = 1_500  # of what stands in the foot of page 1
ADDRESS = re.compile(rf"\bhttps?://\S{{1,{LONGEST}}}")  # may be longer than a word


class ScalarType:
    """A type of scalar: the pattern that it has to match whole, and the words for one that does not."""

    longest = LONGEST_LINE

    def __init__(
        self, pattern: str, expected: str, *, markup: str = "", rising: bool = False, word: str = ""
    ) -> None:
        self.pattern, self.expected, self.markup = re.compile(pattern, re.DOTALL), expected, markup
        self.rising = rising  # of 'a-b', a may not be more than b
        self.word = word  # that is right too

    def __get_pydantic_core_schema__(
        self, _: object, __: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, _: object, __: GetJsonSchemaHandler) -> JsonSchemaValue:
        # editors know a dot that takes no line break, and read a bare 48 as a number
        lines, bare = self.pattern.fullmatch("a\nb"), self.pattern.fullmatch("48")
        pattern = {} if lines else {"pattern": f"^(?:{self.pattern.pattern})$"}
        kinds = ["string", "number"] if bare or self.pattern.fullmatch("2012") else "string"
        schema = {"type": kinds, "description": self.expected, **pattern}
        word = {"const": self.word, "type": "string"}
        return {"anyOf": [schema, word]} if self.word else schema

    def check(self, value: object) -> Scalar:
        """Return *value*, with its parts if it holds Markdown.

        Raises:
            PydanticCustomError: if it is no text, is cut off by a comment, or does not match.
        """
        if not isinstance(value, Scalar):
            raise refused(expected(self.expected, value))
        if value.cut:
            raise refused(CUT, rule="comment")
        if self.markup != "blocks" and len(value) > self.longest:
            what = f"a line has at most {self.longest} characters, this one {len(value)}"
            raise refused(f"{what}; shorten it")
        if r"\S" in self.pattern.pattern and not value.strip():
            raise refused("this text is empty")
        if not self.pattern.fullmatch(value) and (not self.word or value != self.word):
            wanted = f"expected {self.expected}" + (f", or '{self.word}'" if self.word else "")
            parts = value.split()
            several = len(parts) > 1 and all(map(self.pattern.fullmatch, parts))
            way_out = "; put a comma between two items" if several and value.plain else ""
            raise refused(f"{wanted}, found '{clip(value)}'{way_out}" if value else wanted)
        low, _, high = value.partition("-")
        if self.rising and high and Decimal(low) > Decimal(high.partition(" ")[0]):
            raise refused(f"'{value}' runs backwards; put the lower number first")
        if self.markup:
            return Markdown(value, value.origin, blocks=self.markup == "blocks")
        return value


class PrintedType(ScalarType):
    """A type of scalar that is printed as it is: none of its words is longer than the engine can break."""

    def check(self, value: object) -> Scalar:
        """Return *value*.

        Raises:
            PydanticCustomError: as for any scalar, or a word is too long.
        """
        scalar = super().check(value)
        if slip := next(long_words(ADDRESS.sub("x", scalar)), None):
            raise refused(slip.message)
        return scalar


class HeadingType(ScalarType):
    """A type of scalar that heads something, and is laid out in many settings."""

    longest = LONGEST_HEAD


class HeadType(PrintedType):
    """Likewise without markup: what is printed in the head of each page, or names somebody."""

    longest = LONGEST_HEAD


class FootType(PrintedType):
    """A type of scalar that stands in the foot of page 1."""

    longest = LONGEST_FOOT


def refused(message: str, *, rule: str = "schema") -> PydanticCustomError:
    """Return the error that the reader turns into a problem with these words."""
    return PydanticCustomError("press", "{message}", {"message": message, "rule": rule})
