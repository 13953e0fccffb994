"""Why a publish stops: what is refused, what may be tried again."""

from __future__ import annotations

from press.problems import REFUSED, TRY_AGAIN, USAGE, PressError


class TargetError(PressError):
    """TARGET or an option cannot be read; TARGET is never repeated, since it may hold a password."""

    status = USAGE


class RefusedError(PressError):
    """This release is not to be published there."""

    status = REFUSED


class NetworkError(PressError):
    """The connection failed again and again; the same command may succeed later."""

    status = TRY_AGAIN
