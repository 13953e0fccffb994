"""Print a page on any executor, as builds do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from press.print.pool import thread_server, with_text_off_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.print.facts import Print
    from press.print.server.client import Setup


def print_job(html: str, assets: Mapping[str, bytes], setup: Setup) -> Print:
    """Print a page on the server of this thread."""
    return with_text_off_sheet(thread_server(setup).print(html, assets))
