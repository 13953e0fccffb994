"""What lies at a target, and what a run is doing there: JSON in, values out, and back.

Both files lie in the open, so they hold names, digests and a random word, and no user, host or path.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from press.deliver.publish.site_files import sound
from press.problems import OutputError

PUBLISHED = "press-published.json"
WORK = ".press-publish"  # the folder of a run; gone when it has ended
RUN = f"{WORK}/run.json"
SCHEMA = 1
_DIGEST = re.compile("[0-9a-f]{64}")
Known = dict[str, dict[str, int]]  # path -> digest -> size, of what Press may have put there


@dataclass(frozen=True)
class Seen:
    """A published file, as it lay there at the end of the publish."""

    sha256: str
    size: int
    mark: str  # by which the file system tells that a file has changed; '' where it does not


@dataclass(frozen=True)
class Published:
    """The site at a target; without files where Press has published none."""

    slug: str = ""
    release: str = ""
    generation: int = 0  # counts the publishes
    files: dict[str, Seen] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """A publish that is under way, or that broke."""

    token: str  # '' when it has ended, and left something to do
    maker: str  # the installation of Press that runs it
    slug: str
    touched: Known  # what it and the broken ones before it may have put there, and what they may have removed


def published(data: bytes) -> Published:
    """Return what a target says of its site.

    Raises:
        OutputError: it is not what Press writes, or what a later version writes.
    """
    try:
        told = _told(data)
        files = {path: _seen(**seen) for path, seen in told["files"].items()}
        _prove({path: {seen.sha256: seen.size} for path, seen in files.items()})
        return Published(str(told["slug"]), str(told["release"]), int(told["generation"]), files)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unknown(PUBLISHED) from error


def run(data: bytes) -> Run:
    """Return what a target says of the run at work there.

    Raises:
        OutputError: it is not what Press writes, or what a later version writes.
    """
    try:
        told = _told(data)
        _prove(told["touched"])
        return Run(str(told["token"]), str(told["maker"]), str(told["slug"]), told["touched"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unknown(RUN) from error


def written(value: Published | Run) -> bytes:
    """Return *value* as the bytes that lie at the target."""
    told = {"schema": SCHEMA, "by": "Press", **asdict(value)}
    return (json.dumps(told, indent=1, sort_keys=True) + "\n").encode()


def _seen(sha256: str, size: int, mark: str) -> Seen:
    return Seen(sha256, size, str(mark))


def _told(data: bytes) -> dict[str, Any]:
    told = json.loads(data)
    if told["schema"] != SCHEMA:
        raise ValueError
    return dict(told)


def _prove(files: Known) -> None:
    """Refuse what names a file that Press cannot have published: the target is not to be trusted with paths."""
    for path, digests in files.items():
        for digest, size in digests.items():
            if not sound(path) or not _DIGEST.fullmatch(digest) or size < 0:
                raise ValueError


def _unknown(name: str) -> OutputError:
    return OutputError(
        f"{name} at the target is not what this version of Press writes; choose another target, or remove that file: "
        "then all that lies there counts as not published by Press"
    )
