"""Ways to damage a good PDF, each by its name, with a part of what the proof says of it.

They are made for the page of `tests.support.rich_page`; each asserts by its accesses that what it damages is there.
"""

from tests.support.damages import content, links, structure, whole
from tests.support.damages.kit import DAMAGES

__all__ = ["DAMAGES", "content", "links", "structure", "whole"]
