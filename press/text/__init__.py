"""An author's Markdown in, a tree of parts with offsets out."""

from press.text.parsing import LONGEST, parse
from press.text.parts import (
    FORMS,
    Bullets,
    Cite,
    Emphasis,
    Fault,
    Inline,
    Link,
    Own,
    Paragraph,
    Part,
    Strong,
    Value,
    Words,
    plain,
    walk,
)
from press.text.sentences import cited_at_sentence_ends, sentences
from press.text.typography import tidy

__all__ = [
    "FORMS",
    "LONGEST",
    "Bullets",
    "Cite",
    "Emphasis",
    "Fault",
    "Inline",
    "Link",
    "Own",
    "Paragraph",
    "Part",
    "Strong",
    "Value",
    "Words",
    "cited_at_sentence_ends",
    "parse",
    "plain",
    "sentences",
    "tidy",
    "walk",
]
