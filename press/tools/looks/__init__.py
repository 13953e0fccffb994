"""Pictures of all pages: outputs in; what looks different from the approved pictures, and where, out."""

from __future__ import annotations

from press.tools.looks.approved import Seen, approved_folder, as_json, compared, look, taken, told

__all__ = ["Seen", "approved_folder", "as_json", "compared", "look", "taken", "told"]
