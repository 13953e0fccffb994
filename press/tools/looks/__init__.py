"""Compare how all pages look with the approved pictures."""

from __future__ import annotations

from press.tools.looks.approved import approved_folder, as_text, compare, facts, look, take_pictures

__all__ = ["approved_folder", "as_text", "compare", "facts", "look", "take_pictures"]
