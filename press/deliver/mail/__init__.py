"""Send: a release and a list of readers in, one message for each reader out, and a ledger that knows of every one."""

from press.deliver.mail.mailing import Outcome, Request
from press.deliver.mail.sending import Patience
from press.deliver.mail.task import send

__all__ = ["Outcome", "Patience", "Request", "send"]
