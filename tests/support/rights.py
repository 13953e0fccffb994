"""A user who has fewer rights than the tests have."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def without_rights(*paths: Path, mode: int = 0o555) -> Iterator[None]:
    """Be a user who has no more rights to *paths* than *mode* says; root has them always."""
    for path in paths:
        path.chmod(mode)
    user = os.geteuid()
    if not user:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)
        for path in paths:
            path.chmod(0o755)
