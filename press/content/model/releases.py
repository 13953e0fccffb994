"""Describe the manifest of a release, which programs write and read."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}\.[1-9][0-9]{0,5}$")]
Day = Annotated[str, Field(pattern="^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Path = Annotated[str, Field(pattern=r"^[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*)*$")]
Natural = Annotated[int, Field(ge=0)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Part(BaseModel):
    """An object with these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReleasedFile(Part):
    """One file."""

    path: Path
    sha256: Digest
    size: Natural  # bytes
    type: str  # such as application/pdf
    audience: str = ""
    language: str = ""
    status: Literal["draft", "final"] | None = None  # of a page or a print
    pages: Natural = 0  # of a print
    name: str = ""  # under which it is handed out


class Committed(Part):
    """What git says of inputs."""

    commit: str | None
    clean: bool | None  # None: not known
    uncommitted: tuple[str, ...] = ()  # digests; '' of a file that is gone
    reason: str = ""  # why it is not known


class Input(Part):
    """One file that decided what the outputs are."""

    sha256: str


class Warned(Part):
    """Where the content has a warning."""

    sha256: str  # of its file
    line: Natural
    rule: str


@dataclass(frozen=True)
class Score:
    """How far an edition keeps the rules."""

    counts: dict[str, Amount]  # by the names of their limits
    limits: dict[str, Amount]  # those that were set
    breaches: dict[str, Natural]  # warnings and errors, by rule


class ReleaseManifest(Part):
    """`releases/<id>/manifest.json`."""

    schema_: Annotated[Literal[2], Field(alias="schema")]
    kind: Literal["release"]
    release: Id
    date: Day
    series: str
    id: str = ""  # of the series
    slug: str  # what names of files that are handed out begin with
    publisher: str
    contact: str
    licence: str
    languages: tuple[str, ...]
    supersedes: Id | None
    erratum: str | None
    corrected: tuple[str, ...]  # the audiences whose briefs say so
    drafts: tuple[str, ...]  # 'en/health'
    stale: tuple[str, ...]  # left out, since they had mistakes
    digest: Digest  # of all that is handed out, whatever the number of the release
    before: Id | None  # the release that it is compared with
    signature: Literal["SHA256SUMS.minisig", "SHA256SUMS.sig"] | None
    warnings: tuple[Warned, ...]
    tree: Committed  # of the series
    press_tree: Committed | None = None  # of code and templates; older releases have one tree
    tools: dict[str, str]  # name -> version
    inputs: tuple[Input, ...]
    unpublished: dict[str, Digest] = {}  # what lies in the release's own folder alone, by path
    scores: dict[str, Score] = {}  # by edition, such as 'en/health'
    files: tuple[ReleasedFile, ...]  # all but the manifest, SHA256SUMS and its signature
