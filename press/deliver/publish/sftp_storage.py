"""An SFTP server as a target: fsspec's file system over a connection of our own, to a host that is known."""

from __future__ import annotations

import io
import logging
import os
import posixpath
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from press.deliver.publish import sftp_login
from press.deliver.publish.errors import TransientError
from press.deliver.publish.storage import Entry, Kind, Place
from press.problems import OutputError, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.deliver.publish.storage import Told
    from press.deliver.publish.target import Target

FILE, FOLDER = 0o644, 0o755  # the web server reads what it did not write
STALLED = 60  # seconds in which nothing comes

# its complaints, with their tracebacks, would go to standard error; ours say what matters
logging.getLogger("paramiko").addHandler(logging.NullHandler())


class Sftp(SFTPFileSystem):  # type: ignore[misc] # fsspec has no types
    """Fsspec's file system over `login`: its own way trusts whoever answers."""

    cachable = False  # each target has a connection of its own

    def __init__(self, target: Target) -> None:
        self.target = target
        super().__init__(target.host)

    def _connect(self) -> None:
        self.client = sftp_login.connected(self.target)
        self.ftp = self.client.open_sftp()
        if channel := self.ftp.get_channel():
            channel.settimeout(STALLED)


class Server(Place):
    """A folder at a server; the connection is made when it is needed, and again after it broke."""

    def __init__(self, target: Target, waits: Sequence[float]) -> None:
        super().__init__(waits)
        self._target = target
        self._open: Sftp | None = None
        self._root = target.path

    def _entries(self, folder: str) -> dict[str, Entry]:
        with self._files(folder) as files:
            try:
                found = files.ftp.listdir_attr(self._path(folder))
            except FileNotFoundError:
                return {}
        return {one.filename: _entry(one) for one in found}

    def _read(self, path: str) -> bytes:
        data = io.BytesIO()
        with self._files(path) as files:
            files.ftp.getfo(self._path(path), data)
        return data.getvalue()

    def _write(self, path: str, data: bytes, kind: Kind, told: Told) -> None:  # noqa: ARG002 - a folder keeps no types
        sent = 0

        def step(done: int, _: int) -> None:
            nonlocal sent
            told(done - sent)
            sent = done

        with self._files(path) as files:
            files.ftp.putfo(io.BytesIO(data), self._path(path), len(data), step, confirm=True)
            _allow(files, self._path(path), FILE)

    def _switch(self, path: str, to: str) -> None:
        with self._files(to) as files:
            files.mv(self._path(path), self._path(to))  # posix-rename: it replaces in one step

    def _make_folder(self, path: str) -> None:
        with self._files(path) as files:
            try:
                mode = files.ftp.stat(self._path(path)).st_mode
            except FileNotFoundError:
                files.mkdir(self._path(path), create_parents=False)
                _allow(files, self._path(path), FOLDER)
            else:
                if not stat.S_ISDIR(mode or 0):
                    raise OutputError(f"{self._target}/{path}: not a folder")

    def _remove(self, path: str) -> None:
        with self._files(path) as files, suppress(FileNotFoundError):
            files.ftp.remove(self._path(path))

    def _remove_folder(self, path: str) -> None:
        with self._files(path) as files, suppress(FileNotFoundError):
            if not files.ftp.listdir(self._path(path)):
                files.rmdir(self._path(path))

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._open is not None:
            self._open.client.close()
            self._open = None

    def _path(self, path: str) -> str:
        return posixpath.join(self._root, path) if path else self._root

    @contextmanager
    def _files(self, path: str) -> Iterator[Sftp]:
        """Yield the file system, connected, and tell what the server or the network refused."""
        try:
            if self._open is None:
                self._open = Sftp(self._target)
            yield self._open
        except FileNotFoundError:
            raise
        except UnicodeDecodeError:
            where = visible(f"{self._target}{f'/{path}' if path else ''}")
            raise OutputError(
                f"{where}: a file there has a name that is no UTF-8; rename it, or publish to a folder of its own"
            ) from None
        except (paramiko.SSHException, EOFError, OSError) as error:
            where = f"{self._target}{f'/{path}' if path else ''}"
            if self._broken(error):
                self.close()
                raise TransientError(
                    f"no connection to {self._target.host}: {_reason(error)}"
                ) from error
            raise OutputError(f"{visible(where)}: {_refusal(error)}") from error

    def _broken(self, error: Exception) -> bool:
        """Say whether the connection is what failed, and not one request."""
        if self._open is None or not isinstance(error, OSError) or isinstance(error, TimeoutError):
            return True
        transport = self._open.client.get_transport()
        return isinstance(error, ConnectionError) or transport is None or not transport.is_active()


def _entry(one: paramiko.SFTPAttributes) -> Entry:
    mode = one.st_mode or 0
    kind = "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
    time = one.st_mtime or 0
    return Entry(kind, one.st_size or 0, str(time), time)  # type: ignore[arg-type] # one of the three


def _allow(files: Sftp, path: str, mode: int) -> None:
    """Let the web server read *path*, where this server has modes."""
    with suppress(OSError):
        files.ftp.chmod(path, mode)


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "nothing came in time"
    number = getattr(error, "errno", None)
    return os.strerror(number).lower() if number else "it broke off"


def _refusal(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "permission denied by the server"
    said = str(error)
    if "unsupported" in said.lower():
        return "this server cannot replace a file in one step (no posix-rename); choose another"
    return f"the server refuses ({visible(said)[:100] or 'without a reason'}); is its disk full?"
