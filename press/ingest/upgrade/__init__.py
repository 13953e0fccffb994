"""Move a series on: rewrite what older names say, leave all else as it is typed, and tell what is left to do."""

from press.ingest.upgrade.series import Upgrade, upgrade

__all__ = ["Upgrade", "upgrade"]
