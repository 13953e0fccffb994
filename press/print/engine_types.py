"""Names for what comes out of WeasyPrint and pdfium, which say nothing of their types: the one place of `Any`."""

from __future__ import annotations

from typing import Any, TypeAlias

Page: TypeAlias = Any  # a finished page
Box: TypeAlias = Any  # a box in the tree of a page, or the placeholder of one
Element: TypeAlias = Any  # of the HTML: xml.etree.ElementTree.Element
Image: TypeAlias = Any  # whatever an element was replaced by
Drawing: TypeAlias = Any  # an SVG
Node: TypeAlias = Any  # of an SVG
Document: TypeAlias = Any  # all pages
Module: TypeAlias = Any  # one of the engine's, to listen in
Other: TypeAlias = Any  # goes through unseen
