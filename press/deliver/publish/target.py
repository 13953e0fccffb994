"""Parse TARGET: a folder, a bucket or a server to publish to."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, assert_never
from urllib.parse import SplitResult, urlsplit

from press.build.build_request import own_folder
from press.ground import paths, places
from press.ground.paths import Folders
from press.problems import UsageError, visible

SFTP_PORT = 22
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_COPY = re.compile(r"[^/]*@[^/]*:")  # scp's user@host:path
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*|[0-9a-f:.]*:[0-9a-f:.]*")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_PART = re.compile(r"[A-Za-z0-9_.+=, -]+")  # of a path at a server or in a bucket
_FORMS = "TARGET is a folder, s3://bucket/prefix or sftp://user@host:port/path"

Kind = Literal["folder", "s3", "sftp"]


@dataclass(frozen=True)
class PublishTarget:
    """A folder that takes a site, on this machine, in a bucket or at a server."""

    kind: Kind
    path: str  # absolute, but for s3: 'bucket' or 'bucket/prefix'
    host: str = ""  # of sftp
    port: int | None = None  # None: not named
    user: str = ""  # '': not named
    known_hosts: Path | None = None  # None: those of the user and of the machine

    def __str__(self) -> str:
        match self.kind:
            case "folder":
                return visible(self.path)
            case "s3":
                return f"s3://{self.path}"
            case "sftp":
                host = f"[{self.host}]" if ":" in self.host else self.host
                user = f"{self.user}@" if self.user else ""
                return f"sftp://{user}{host}{f':{self.port}' if self.port else ''}{self.path}"
            case kind:
                assert_never(kind)

    @property
    def local(self) -> bool:
        """Whether it is on this machine, as Press and what it keeps are."""
        return self.kind not in {"s3", "sftp"}


def parse(text: str, known_hosts: Path | None = None) -> PublishTarget:
    """Return the target that *text* names; no message repeats *text*, which may hold a password.

    Raises:
        UsageError: Press cannot publish there, or the text holds a password.
    """
    if text.startswith("-"):
        raise UsageError(
            f"publish has no option {visible(text.partition('=')[0])} (for a folder of that name: ./-NAME)"
        )
    scheme = text.partition("://")[0] if "://" in text else ""
    if scheme not in {"s3", "sftp"}:
        if not text or "\0" in text or _SCHEME.match(text) or _COPY.match(text):
            raise UsageError(f"{_FORMS} (for a folder with ':' in its name: ./NAME)")
        if text.startswith("~"):
            raise UsageError(
                "the shell left '~' as it is; write the path in full (for a name: ./~)"
            )
        return PublishTarget("folder", str(places.real(Path(text))))
    if not text.isprintable():  # urlsplit would drop a line's end
        raise UsageError(f"TARGET holds a character that cannot be seen; {_FORMS}")
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises where it is not a number
    except ValueError:
        raise UsageError(f"TARGET cannot be read; {_FORMS}") from None
    _refuse_secrets(parts)
    if scheme == "sftp":
        return _server(parts, known_hosts)
    if not _BUCKET.fullmatch(parts.netloc):
        raise UsageError("TARGET names no bucket; write s3://bucket/prefix")
    return PublishTarget("s3", "/".join([parts.netloc, *_folders(parts.path)]))


def _refuse_secrets(parts: SplitResult) -> None:
    """Refuse what may be a password, or has no meaning in a target."""
    if parts.password is not None or (parts.scheme == "s3" and parts.username is not None):
        raise UsageError(
            "TARGET holds a password or key; leave it out: s3 takes it from the AWS_* variables or ~/.aws, sftp "
            "from the ssh agent, ~/.ssh or PRESS_SFTP_PASSWORD (and change it, if others can read your history)"
        )
    if parts.query or parts.fragment or "?" in parts.netloc:
        raise UsageError(f"TARGET has '?' or '#', which have no meaning here; {_FORMS}")


def _server(parts: SplitResult, known_hosts: Path | None) -> PublishTarget:
    host, user = parts.hostname or "", parts.username or ""
    if not _HOST.fullmatch(host) or not (user == "" or _USER.fullmatch(user)):
        raise UsageError("TARGET names no server; write sftp://user@host:port/path")
    folders = _folders(parts.path)
    if not folders:
        raise UsageError("TARGET names no folder at the server; write sftp://user@host:port/path")
    return PublishTarget("sftp", "/" + "/".join(folders), host, parts.port, user, known_hosts)


def _folders(path: str) -> list[str]:
    """Return the parts of a path; refuse any that leads elsewhere."""
    parts = [part for part in path.split("/") if part]
    for part in parts:
        if part in {".", ".."} or not _PART.fullmatch(part) or part != part.strip():
            raise UsageError(
                "the path in TARGET has a part that is '.', '..' or holds other characters than letters, digits, "
                "space and _.+=,-; write it out in full"
            )
    return parts


def refuse_own(target: PublishTarget, folders: Folders) -> None:
    """Refuse folders in which Press keeps something else, and those that nothing may fill.

    Raises:
        UsageError: *target* is one of these.
    """
    if why := forbidden(target):
        raise UsageError(f"{target} {why}; choose another, such as a new folder in it")
    usual, path = folders.usual, Path(target.path)
    more = (usual.releases, folders.releases, folders.work)
    if target.local and (folder := own_folder(path, usual, *more)):
        raise UsageError(f"{paths.shown(folder)} is a folder of Press; choose another")
    if target.local and path in {folders.root, folders.home}:
        raise UsageError("the folder of the project itself cannot be the target; choose another")


def forbidden(target: PublishTarget) -> str:
    """Return why nothing may be written at *target*, '' if it may; of a server, only the names are known here."""
    if target.local:
        return places.forbidden(Path(target.path))
    return places.OF_SYSTEM if target.path in places.SYSTEM else ""
