"""An author's Markdown in, a tree of parts with offsets out."""

from press.content.text.markdown import LONGEST, Markdown, parse
from press.content.text.parts import (
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
from press.content.text.sentences import cited_at_sentence_ends, sentences
from press.content.text.typography import tidy

__all__ = [
    "FORMS",
    "LONGEST",
    "Bullets",
    "Cite",
    "Emphasis",
    "Fault",
    "Inline",
    "Link",
    "Markdown",
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
