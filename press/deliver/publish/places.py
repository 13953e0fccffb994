"""Open a target: each kind brings its library only when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from press.deliver.publish.storage import Place
    from press.deliver.publish.target import Target


def opened(target: Target, waits: Sequence[float]) -> Place:
    """Return the place that *target* names, with *waits* between attempts.

    A server is connected to when it is first asked.

    Raises:
        OutputError: it is no folder, or its disk is not there.
    """
    if target.kind == "sftp":
        from press.deliver.publish.sftp_storage import Server  # noqa: PLC0415 - heavy

        return Server(target, waits)
    if target.kind == "s3":
        from press.deliver.publish.s3_storage import Bucket  # noqa: PLC0415 - heavy

        return Bucket(target, waits)
    from press.deliver.publish.local_storage import Folder  # noqa: PLC0415 - heavy

    return Folder(target.path, waits)
