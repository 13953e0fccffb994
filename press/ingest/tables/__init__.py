"""Take claims in from a table of a spreadsheet, and give them out as one."""

from press.ingest.tables.claims_export import export_claims
from press.ingest.tables.claims_import import ImportResult, import_claims

__all__ = ["ImportResult", "export_claims", "import_claims"]
