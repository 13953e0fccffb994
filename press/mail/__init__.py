"""Send: a release and a list of readers in, one message for each reader out, and a ledger that knows of every one."""

from press.mail.sending import Patience
from press.mail.task import send
from press.mail.told import as_json, text
from press.mail.values import Outcome, Request

__all__ = ["Outcome", "Patience", "Request", "as_json", "send", "text"]
