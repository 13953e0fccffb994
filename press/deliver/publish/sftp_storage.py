"""Publish to an SFTP server, through fsspec over a connection to a host whose key is known."""

from __future__ import annotations

import io
import logging
import os
import posixpath
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

from press.deliver.publish import sftp_login
from press.deliver.publish.storage import ServedAs, Storage, StoredEntry, TransientError, file_kind
from press.problems import OutputError, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from press.deliver.publish.storage import OnSent
    from press.deliver.publish.target import Target

STALLED = 60  # seconds without an answer

# its own messages would go to standard error with their tracebacks; ours say what matters
logging.getLogger("paramiko").addHandler(logging.NullHandler())


class SftpFiles(SFTPFileSystem):  # type: ignore[misc] # fsspec has no types
    """The file system of fsspec over `sftp_login`: its own login trusts any host."""

    cachable = False  # each target has a connection of its own

    def __init__(self, target: Target) -> None:
        self.target = target
        super().__init__(target.host)

    def _connect(self) -> None:
        self.client = sftp_login.connect(self.target)
        self.ftp = self.client.open_sftp()
        if channel := self.ftp.get_channel():
            channel.settimeout(STALLED)


class SftpStorage(Storage):
    """A folder at a server; the connection is made when it is first needed, and again after it broke."""

    def __init__(self, target: Target, waits: Sequence[float]) -> None:
        super().__init__(waits)
        self._target = target
        self._open: SftpFiles | None = None
        self._root = target.path

    def _entries(self, folder: str) -> dict[str, StoredEntry]:
        with self._files(folder) as files:
            try:
                listed = files.ftp.listdir_attr(self._path(folder))
            except FileNotFoundError:
                return {}
        return {info.filename: _entry(info) for info in listed}

    def _read(self, path: str) -> bytes:
        data = io.BytesIO()
        with self._files(path) as files:
            files.ftp.getfo(self._path(path), data)
        return data.getvalue()

    def _write(self, path: str, data: bytes, served: ServedAs, on_sent: OnSent) -> None:  # noqa: ARG002 - a folder keeps no types
        sent = 0

        def step(done: int, _: int) -> None:
            nonlocal sent
            on_sent(done - sent)
            sent = done

        with self._files(path) as files:
            files.ftp.putfo(io.BytesIO(data), self._path(path), len(data), step, confirm=True)
            _allow(files, self._path(path), self.FILE_MODE)

    def _rename(self, path: str, to: str) -> None:
        with self._files(to) as files:
            files.mv(self._path(path), self._path(to))  # posix-rename replaces in one step

    def _make_folder(self, path: str) -> None:
        with self._files(path) as files:
            try:
                mode = files.ftp.stat(self._path(path)).st_mode
            except FileNotFoundError:
                files.mkdir(self._path(path), create_parents=False)
                _allow(files, self._path(path), self.FOLDER_MODE)
            else:
                if file_kind(mode or 0) != "folder":
                    raise OutputError(f"{self._target}/{path} is not a folder")

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
    def _files(self, path: str) -> Iterator[SftpFiles]:
        """Yield the connected file system; turn what the server or the network refuses into our errors."""
        try:
            if self._open is None:
                self._open = SftpFiles(self._target)
            yield self._open
        except FileNotFoundError:
            raise
        except UnicodeDecodeError:
            where = visible(f"{self._target}{f'/{path}' if path else ''}")
            raise OutputError(
                f"{where}: a file there has a name that is not UTF-8; rename it, or publish to a folder of its own"
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
        """Return True if the connection failed, and not only one request."""
        if self._open is None or not isinstance(error, OSError) or isinstance(error, TimeoutError):
            return True
        transport = self._open.client.get_transport()
        return isinstance(error, ConnectionError) or transport is None or not transport.is_active()


def _entry(info: paramiko.SFTPAttributes) -> StoredEntry:
    changed = info.st_mtime or 0
    return StoredEntry(file_kind(info.st_mode or 0), info.st_size or 0, str(changed), changed)


def _allow(files: SftpFiles, path: str, mode: int) -> None:
    """Let the web server read *path*, if this server has modes."""
    with suppress(OSError):
        files.ftp.chmod(path, mode)


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    number = getattr(error, "errno", None)
    return os.strerror(number).lower() if number else "it broke off"


def _refusal(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "permission denied by the server"
    words = str(error)
    if "unsupported" in words.lower():
        return "this server cannot replace a file in one step (no posix-rename); choose another"
    return f"the server refuses ({visible(words)[:100] or 'without a reason'}); is its disk full?"
