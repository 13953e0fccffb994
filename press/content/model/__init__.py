"""Describe what authors write: each model is the schema of one kind of file or block.

Every scalar arrives as a `Scalar`, a string that knows its place in the file, and stays one: whatever is
found out about it later can point at the line and column where it was typed.
"""

from press.content.model.claims import Claim
from press.content.model.kinds import KINDS, Brief
from press.content.model.mail import Mail
from press.content.model.series import Limits, Series, Terms
from press.content.model.sources import Source
from press.content.model.typed import ClaimId

__all__ = ["KINDS", "Brief", "Claim", "ClaimId", "Limits", "Mail", "Series", "Source", "Terms"]
