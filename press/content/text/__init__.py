"""Read the Markdown of authors: a tree of parts, each with its offset."""

from press.content.text.markdown import LONGEST, Markdown, parse
from press.content.text.parts import (
    FORMS,
    Bold,
    Cite,
    Hyperlink,
    Inline,
    Italic,
    ItemList,
    Own,
    Part,
    Placeholder,
    Slip,
    TextParagraph,
    Words,
    plain,
    walk,
)
from press.content.text.sentences import cite_at_sentence_ends, sentences
from press.content.text.typography import tidy

__all__ = [
    "FORMS",
    "LONGEST",
    "Bold",
    "Cite",
    "Hyperlink",
    "Inline",
    "Italic",
    "ItemList",
    "Markdown",
    "Own",
    "Part",
    "Placeholder",
    "Slip",
    "TextParagraph",
    "Words",
    "cite_at_sentence_ends",
    "parse",
    "plain",
    "sentences",
    "tidy",
    "walk",
]
