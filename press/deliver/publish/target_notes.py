"""Read and write the two JSON files that Press keeps at a target: what is published there, and which run is at work.

Visitors can read both, so they hold names, digests and a random word, and no user, host or path.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from press.deliver.publish.site_files import is_publishable
from press.problems import OutputError

PUBLISHED = "press-published.json"
WORK = ".press-publish"  # the folder of a run; removed when it has ended
RUN = f"{WORK}/run.json"
SCHEMA = 1
_DIGEST = re.compile("[0-9a-f]{64}")
KnownFiles = dict[str, dict[str, int]]  # path -> digest -> size, of what Press may have put there


@dataclass(frozen=True)
class PublishedFile:
    """A published file, as the target listed it at the end of the publish."""

    sha256: str
    size: int
    mark: str  # by which the target shows that a file has changed; '' where it does not


@dataclass(frozen=True)
class PublishedSite:
    """The site at a target; without files where Press has published none."""

    slug: str = ""
    release: str = ""
    generation: int = 0  # counts the publishes
    files: dict[str, PublishedFile] = field(default_factory=dict)


@dataclass(frozen=True)
class PublishRun:
    """A publish that is under way, or that broke."""

    token: str = ""  # '' when it has ended, and left something to do
    maker: str = ""  # the installation of Press that runs it
    slug: str = ""
    # what it and the broken runs before it may have put there, and what they may have removed
    touched: KnownFiles = field(default_factory=dict)


def site_from(data: bytes) -> PublishedSite:
    """Return the site that PUBLISHED describes.

    Raises:
        OutputError: Press did not write it, or a later version did.
    """
    with _note(PUBLISHED, data) as note:
        files = {path: PublishedFile(**entry) for path, entry in note["files"].items()}
        _check(note, {path: {file.sha256: file.size} for path, file in files.items()})
        return PublishedSite(
            str(note["slug"]), str(note["release"]), int(note["generation"]), files
        )


def run_from(data: bytes) -> PublishRun:
    """Return the run that RUN describes.

    Raises:
        OutputError: Press did not write it, or a later version did.
    """
    with _note(RUN, data) as note:
        _check(note, note["touched"])
        return PublishRun(
            str(note["token"]), str(note["maker"]), str(note["slug"]), note["touched"]
        )


def as_bytes(value: PublishedSite | PublishRun) -> bytes:
    """Return *value* as its file at the target."""
    note = {"schema": SCHEMA, "by": "Press", **asdict(value)}
    return (json.dumps(note, indent=1, sort_keys=True) + "\n").encode()


def _check(note: dict[str, Any], files: KnownFiles) -> None:
    """Refuse another schema, and files that Press cannot have published: a target is not trusted with paths."""
    if note["schema"] != SCHEMA:
        raise ValueError
    for path, digests in files.items():
        for digest, size in digests.items():
            if not is_publishable(path) or not _DIGEST.fullmatch(digest) or size < 0:
                raise ValueError


@contextmanager
def _note(name: str, data: bytes) -> Iterator[dict[str, Any]]:
    """Yield what the file *name* at the target holds; turn whatever is wrong with it into one error."""
    try:
        yield json.loads(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise OutputError(
            f"{name} at the target is not what this version of Press writes; choose another target, or remove that "
            "file: then all files there count as not published by Press"
        ) from error
