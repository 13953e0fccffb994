"""What becomes of a test for which the machine lacks something."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(reason: str) -> NoReturn:
    """Say what was not run and why; where everything must run, that is a failure."""
    must = os.environ.get("PRESS_TEST_ALL") == "1"
    (pytest.fail if must else pytest.skip)(f"not run: {reason}")
