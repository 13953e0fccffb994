"""Pictures of all pages: outputs in; what looks different from the approved pictures, and where, out."""

from __future__ import annotations

from press.tools.looks.approved import APPROVED, Seen, as_json, compared, look, taken, told

__all__ = ["APPROVED", "Seen", "as_json", "compared", "look", "taken", "told"]
