"""Plan a publish: compare the site with what lies at the target, and change nothing."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from press.deliver.publish import target_notes
from press.deliver.publish.site_files import folders_of
from press.deliver.publish.storage import FileKind, Storage, StoredEntry
from press.deliver.publish.target_notes import SCHEMA, WORK, KnownFiles, PublishedSite, PublishRun
from press.ground import places
from press.problems import OutputError
from press.release.shelf import PUBLISHED, File, Release, edition_of

MOST = 5  # names in a message


@dataclass(frozen=True)
class FileStep:
    """What to do with one file of the site, or with one that is no longer part of it."""

    path: str
    # leave: it should go, but others have changed it
    action: Literal["send", "replace", "keep", "remove", "leave"]
    size: int  # bytes; 0 where nothing is sent or kept
    changed: bool = False  # by others, at the target, since it was published


@dataclass(frozen=True)
class TargetState:
    """What lies at a target."""

    published: PublishedSite
    known: KnownFiles  # all that Press has put there, or may have
    run: PublishRun | None  # that is at work there, or broke
    entries: dict[str, StoredEntry]  # by path, of what Press knows or wants


@dataclass(frozen=True)
class PublishPlan:
    """A release, what lies at a target, and the steps from one to the other."""

    release: Release
    files: dict[str, File]  # of the site, by path
    stale: dict[str, str]  # of these, what is kept of an earlier release, which has it
    state: TargetState
    steps: tuple[FileStep, ...]

    @property
    def slug(self) -> str:
        """The name of the series in file names."""
        return str(self.release.facts.get("slug", ""))

    def paths(self, *actions: str) -> list[str]:
        """Return the paths of the steps with these *actions*."""
        return [step.path for step in self.steps if step.action in actions]

    @property
    def done(self) -> bool:
        """Whether the site is complete, and the target's own notes say so."""
        published = self.state.published
        noted = {path: file.sha256 for path, file in published.files.items()}
        same = noted == {path: file.sha256 for path, file in self.files.items()}
        complete = len(self.paths("keep")) == len(self.steps) and not self.state.run
        return complete and same and published.release == self.release.id


def look(storage: Storage, files: Iterable[str]) -> TargetState:
    """Return what lies at a target, as far as it matters for *files*, their paths.

    Raises:
        OutputError: a link or a file is where a folder has to be, the notes there cannot be read, or git works there.
    """
    published = target_notes.read(storage, PublishedSite) or PublishedSite(SCHEMA, "", "", 0, {})
    run = target_notes.read(storage, PublishRun)
    known = {path: {file.sha256: file.size} for path, file in published.files.items()}
    if run:
        known = target_notes.merge(known, run.touched)
        published = replace(published, slug=published.slug or run.slug)
    return TargetState(published, known, run, _entries(storage, {*files, *known}))


def _entries(storage: Storage, paths: Iterable[str]) -> dict[str, StoredEntry]:
    """Return the entries at *paths*; each folder is listed once."""
    listing = cache(storage.entries)
    if places.GIT in listing(""):
        raise OutputError(f"the target {places.OF_GIT}; choose another, such as a new folder in it")

    def entry(path: str, kind: FileKind) -> StoredEntry | None:
        folder, _, name = path.rpartition("/")
        entry = listing(folder).get(name)
        if entry and entry.kind != kind:
            raise OutputError(
                f"'{path}' at the target is a link or a folder where a file has to be, or a file where a folder has "
                "to be; choose another target, or move it away"
            )
        return entry

    entry(WORK, "folder")
    entry(PUBLISHED, "file")
    for folder in sorted({folder for path in paths for folder in folders_of(path)}):
        entry(folder, "folder")  # outer ones first
    return {path: there for path in sorted(paths) if (there := entry(path, "file"))}


@dataclass(frozen=True)
class SiteComparison:
    """The site beside a target."""

    storage: Storage
    state: TargetState
    verify: bool  # read every file there back
    full: bool  # send every file

    def plan(self, release: Release, files: dict[str, File], *, keep_last: bool) -> PublishPlan:
        """Return what brings the site to *release*, which has *files*; *keep_last*: and keeps the briefs that it lacks.

        Raises:
            OutputError: these are not as they were published, or files that Press did not publish are in the way.
        """
        lacking = (release.facts.get("stale") or ()) if keep_last else ()
        published, kept, stale = self.state.published, dict[str, File](), dict[str, str]()
        for path, file in published.files.items():
            if path not in files and (edition := edition_of(path)) in lacking:
                stale[path] = published.stale.get(path, published.release)
                kept[path] = File(path, file.sha256, file.size, "")
                if path not in self.state.entries or self._digest(path) != file.sha256:
                    raise OutputError(
                        f"{path} at the target is not as it was published, so that {edition} cannot be kept; publish "
                        f"{stale[path]} again first, or --stale takes {edition} down"
                    )
        return PublishPlan(
            release, files | kept, stale, self.state, self._steps(files | kept, stale)
        )

    def _steps(self, files: dict[str, File], stale: Container[str]) -> tuple[FileStep, ...]:
        """Return what to do, by path; *stale* are those of *files* that are kept as they are.

        Raises:
            OutputError: files that Press did not publish lie where those of the site would.
        """
        steps = {
            path: FileStep(path, "keep", file.size) if path in stale else self._wanted(file)
            for path, file in files.items()
        }
        foreign = [path for path, step in steps.items() if step is None]
        if foreign:
            more = f" and {len(foreign) - MOST} more" if len(foreign) > MOST else ""
            raise OutputError(
                "the target holds files that Press did not publish where the site's would lie: "
                f"{', '.join(foreign[:MOST])}{more}; choose another target, or move them away"
            )
        for path in self.state.entries.keys() - steps:  # no longer part of the site
            ours = self._digest(path) in self.state.known[path]
            steps[path] = FileStep(path, "remove" if ours else "leave", 0, changed=not ours)
        return tuple(sorted(filter(None, steps.values()), key=lambda step: step.path))

    def _wanted(self, file: File) -> FileStep | None:
        """Return what to do with a file of the site; None where a file of others is in its place."""
        path, state = file.path, self.state
        if path not in state.entries:
            return FileStep(path, "send", file.size)
        digest = self._digest(path, file.size)
        ours = digest in state.known.get(path, {})
        if digest == file.sha256 and not (self.full and ours):
            return FileStep(path, "keep", file.size)
        if not ours and path not in state.published.files:
            return None
        return FileStep(path, "replace", file.size, changed=not ours)

    def _digest(self, path: str, *sizes: int) -> str:
        """Return the digest of what lies at *path*, by its mark or its bytes; '' if its size shows that it is foreign.

        *sizes* are those that it may have besides those that Press has put there.
        """
        entry, noted = self.state.entries[path], self.state.published.files.get(path)
        run = self.state.run
        certain = not self.verify and not (run and path in run.touched) and entry.mark
        if certain and noted and (entry.mark, entry.size) == (noted.mark, noted.size):
            return noted.sha256
        if entry.size not in {*self.state.known.get(path, {}).values(), *sizes}:
            return ""
        return self.storage.digest(path)
