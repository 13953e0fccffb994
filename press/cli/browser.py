"""Open an address in a browser, where there is one with a window."""

import os
import sys
import webbrowser
from contextlib import suppress


def announce(address: str, *, opens: bool) -> None:
    """Print *address*, and open it if it *opens*."""
    print(address, flush=True)
    windows = sys.platform == "darwin" or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if opens and windows:  # else the system may start one inside the terminal
        with suppress(webbrowser.Error):
            webbrowser.open(address)
