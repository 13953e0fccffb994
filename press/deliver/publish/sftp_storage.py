"""Publish to an SFTP server whose host key is known."""

import io
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import paramiko

from press.deliver.publish import sftp_login
from press.deliver.publish.storage import (
    OnSent,
    ServedAs,
    Storage,
    StoredEntry,
    TransientError,
    file_kind,
)
from press.deliver.publish.target import PublishTarget
from press.ground import places
from press.problems import OutputError, visible

STALLED = 60  # seconds without an answer

# its own messages would go to standard error with their tracebacks; ours say what matters
logging.getLogger("paramiko").addHandler(logging.NullHandler())


class SftpStorage(Storage):
    """A folder at a server; the connection is made when it is first needed, and again after it broke."""

    def __init__(self, target: PublishTarget, waits: Sequence[float]) -> None:
        super().__init__(waits)
        self._target = target
        self._client: paramiko.SSHClient | None = None
        self._open: paramiko.SFTPClient | None = None

    def entries(self, folder: str) -> dict[str, StoredEntry]:
        entries: dict[str, StoredEntry] = {}
        with self._opened(folder) as (sftp, full), suppress(FileNotFoundError):
            for info in sftp.listdir_attr(full):
                kind, changed = file_kind(info.st_mode or 0), info.st_mtime or 0
                entries[info.filename] = StoredEntry(kind, info.st_size or 0, str(changed), changed)
        return entries

    def read(self, path: str) -> bytes | None:
        data = io.BytesIO()
        with self._opened(path) as (sftp, full), suppress(FileNotFoundError):
            sftp.getfo(full, data)
            return data.getvalue()
        return None

    def write(self, path: str, data: bytes, served: ServedAs, on_sent: OnSent) -> None:  # noqa: ARG002 - a folder keeps no types
        sent = 0

        def step(done: int, _: int) -> None:
            nonlocal sent
            on_sent(done - sent)
            sent = done

        with self._opened(path) as (sftp, full):
            sftp.putfo(io.BytesIO(data), full, len(data), step, confirm=True)
            _allow(sftp, full, self.FILE_MODE)

    def rename(self, path: str, to: str) -> None:
        with self._opened(to) as (sftp, full):
            sftp.posix_rename(self._path(path), full)  # replaces in one step

    def _make_folder(self, path: str) -> None:
        with self._opened(path) as (sftp, full):
            try:
                mode = sftp.stat(full).st_mode
            except FileNotFoundError:
                sftp.mkdir(full)
                _allow(sftp, full, self.FOLDER_MODE)
            else:
                if file_kind(mode or 0) != "folder":
                    raise OutputError(f"{self._target}/{path} is not a folder")

    def remove(self, path: str) -> None:
        with self._opened(path) as (sftp, full), suppress(FileNotFoundError):
            sftp.remove(full)

    def remove_folder(self, path: str) -> None:
        with self._opened(path) as (sftp, full), suppress(FileNotFoundError):
            if not sftp.listdir(full):
                sftp.rmdir(full)

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._client is not None:
            self._client.close()
        self._client = self._open = None

    def _path(self, path: str) -> str:
        return f"{self._target.path}/{path}".rstrip("/")

    def _connected(self) -> paramiko.SFTPClient:
        if self._open is None:
            self._client = sftp_login.connect(self._target)
            self._open = self._client.open_sftp()
            if channel := self._open.get_channel():
                channel.settimeout(STALLED)
            self._refuse_place(self._open)
        return self._open

    def _refuse_place(self, sftp: paramiko.SFTPClient) -> None:
        """Refuse a path that leads to the user's home at the server, or by a link to a folder of its system.

        Raises:
            OutputError: it does.
        """
        with suppress(FileNotFoundError):  # nothing is there yet
            place = sftp.normalize(self._target.path)
            homely = place == sftp.normalize(".")
            if homely or place in places.SYSTEM:
                why = places.HOME if homely else places.OF_SYSTEM
                raise OutputError(
                    f"{self._target} {why}; choose another, such as a new folder in it"
                )

    @contextmanager
    def _opened(self, path: str) -> Iterator[tuple[paramiko.SFTPClient, str]]:
        """Yield the connected server and where *path* is there; turn refusals of it or the network into our errors."""
        where = visible(f"{self._target}{f'/{path}' if path else ''}")
        try:
            yield self._connected(), self._path(path)
        except FileNotFoundError:
            raise
        except UnicodeDecodeError:
            raise OutputError(
                f"{where}: a file there has a name that is not UTF-8; rename it, or publish to a folder of its own"
            ) from None
        except (paramiko.SSHException, EOFError, OSError) as error:
            if self._broken(error):
                self.close()
                number = getattr(error, "errno", None)
                reason = os.strerror(number).lower() if number else "it broke off"
                if isinstance(error, TimeoutError):
                    reason = "no answer in time"
                raise TransientError(f"no connection to {self._target.host}: {reason}") from error
            raise OutputError(f"{where}: {_refusal(error)}") from error

    def _broken(self, error: Exception) -> bool:
        """Return True if the connection failed, and not only one request."""
        if self._open is None or not isinstance(error, OSError) or isinstance(error, TimeoutError):
            return True
        transport = self._client and self._client.get_transport()
        return isinstance(error, ConnectionError) or not transport or not transport.is_active()


def _allow(sftp: paramiko.SFTPClient, path: str, mode: int) -> None:
    """Let the web server read *path*, if this server has modes."""
    with suppress(OSError):
        sftp.chmod(path, mode)


def _refusal(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "permission denied by the server"
    words = str(error)
    if "unsupported" in words.lower():
        return "this server cannot replace a file in one step (no posix-rename); choose another"
    return f"the server refuses ({visible(words)[:100] or 'without a reason'}); is its disk full?"
