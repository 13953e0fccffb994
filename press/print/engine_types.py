"""Name the values that come from WeasyPrint and pdfium, which state no types."""

from typing import Any, TypeAlias

Page: TypeAlias = Any  # a finished page
Box: TypeAlias = Any  # a box in the tree of a page, or the placeholder of one
Element: TypeAlias = Any  # of the HTML: xml.etree.ElementTree.Element
Image: TypeAlias = Any  # what replaces an element
Drawing: TypeAlias = Any  # an SVG
Node: TypeAlias = Any  # of an SVG
Document: TypeAlias = Any  # all pages
Module: TypeAlias = Any  # one of the engine's
Other: TypeAlias = Any  # only passed on
