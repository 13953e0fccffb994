"""Compare how all pages look with the approved pictures."""

from __future__ import annotations

from press.tools.looks.approved import Seen, approved_folder, compared, facts, look, taken, told

__all__ = ["Seen", "approved_folder", "compared", "facts", "look", "taken", "told"]
