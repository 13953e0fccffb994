"""Read and write the two JSON files that Press keeps at a target: what is published there, and which run is at work.

Visitors can read both, so they hold names, digests and a random word, and no user, host or path.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, NonNegativeInt, TypeAdapter

from press.deliver.publish.site_files import is_publishable
from press.deliver.publish.storage import Storage
from press.problems import OutputError
from press.release.shelf import PUBLISHED

WORK = ".press-publish"  # the folder of a run; removed when it has ended
RUN = f"{WORK}/run.json"
SCHEMA: Literal[1] = 1


def _publishable(path: str) -> str:
    """Refuse files that Press cannot have published: a target is not trusted with paths."""
    if not is_publishable(path):
        raise ValueError
    return path


PublishedPath = Annotated[str, AfterValidator(_publishable)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
# path -> digest -> size, of what Press may have put there
KnownFiles = dict[PublishedPath, dict[Digest, NonNegativeInt]]


@dataclass(frozen=True)
class PublishedFile:
    """A published file, as the target listed it at the end of the publish."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")
    sha256: Digest
    size: NonNegativeInt
    mark: str  # by which the target shows that a file has changed; '' where it does not


@dataclass(frozen=True)
class PublishedSite:
    """The site at a target; without files where Press has published none."""

    name: ClassVar = PUBLISHED
    schema: Literal[1]
    slug: str
    release: str
    generation: int  # counts the publishes
    files: dict[PublishedPath, PublishedFile]
    # the files of briefs that the release lacks, since they had mistakes, and of which release each is
    stale: dict[PublishedPath, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PublishRun:
    """A publish that is under way, or that broke."""

    name: ClassVar = RUN
    schema: Literal[1]
    token: str  # '' when it has ended, and left something to do
    maker: str  # the installation of Press that runs it
    slug: str
    touched: KnownFiles  # what it and broken runs before it may have put there or removed


Note = TypeVar("Note", PublishedSite, PublishRun)


def read(storage: Storage, kind: type[Note]) -> Note | None:
    """Return the note of this *kind* at a target, or None where it is missing.

    Raises:
        OutputError: Press did not write it, or a later version did.
    """
    data = storage.read(kind.name)
    if data is None:
        return None
    try:
        return TypeAdapter(kind).validate_json(data, strict=True)
    except ValueError as error:
        raise OutputError(
            f"{kind.name} at the target is not what this version of Press writes; choose another target, or remove "
            "that file: then all files there count as not published by Press"
        ) from error


def merge(known: KnownFiles, more: KnownFiles) -> KnownFiles:
    """Return the files of both."""
    return {path: known.get(path, {}) | more.get(path, {}) for path in known | more}


def as_bytes(value: PublishedSite | PublishRun) -> bytes:
    """Return *value* as its file at the target."""
    note = {"by": "Press", **asdict(value)}
    return (json.dumps(note, indent=1, sort_keys=True) + "\n").encode()
