"""Print: composed HTML and its assets in, a PDF and what is known of it out; locked in processes of its own."""

from __future__ import annotations

from press.print.facts import Facts, Ink, Lone, Print, Sheet, Smallest, Split, Stranded, Title
from press.print.server.client import PrintFailedError, Server, Setup
from press.print.server.guard import Limits

__all__ = [
    "Facts",
    "Ink",
    "Limits",
    "Lone",
    "Print",
    "PrintFailedError",
    "Server",
    "Setup",
    "Sheet",
    "Smallest",
    "Split",
    "Stranded",
    "Title",
]
