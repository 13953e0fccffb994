"""Read what publishing has noted beside the files of a release, and what it kept there of earlier ones."""

import json
from collections.abc import Iterator, Mapping

from press.problems import OutputError
from press.release import shelf
from press.release.shelf import NOT_A_MANIFEST, PUBLISHED
from press.release.verify.listing import MOST, Papers


def published(papers: Papers, found: Mapping[str, str]) -> dict[str, str]:
    """Return what publishing has put beside the files of the release, and of which release each is, '' for its notes.

    The notes prove nothing: of *found*, digests by path, they may name only files of briefs that the release lacks.
    """
    try:
        notes = json.loads(shelf.contents(papers.folder, PUBLISHED, MOST))
        # where the release was made, nothing is published
        if notes["by"] != "Press" or not papers.release or papers.registered:
            return {}
        lacking = papers.release.facts.get("stale") or ()
        kept = {
            path: str(release)
            for path, release in notes.get("stale", {}).items()
            if shelf.edition_of(path) in lacking
            and found.get(path) == notes["files"][path]["sha256"]
        }
    except (OutputError, *NOT_A_MANIFEST):
        return {}
    return {PUBLISHED: "", **kept}


def kept_editions(files: Mapping[str, str]) -> Iterator[str]:
    """Yield what is said of the editions in *files*, which were kept of the releases that they name."""
    for edition, release in sorted({(shelf.edition_of(path), files[path]) for path in files}):
        if release:
            yield f"{edition} is out of date: it is kept as {release} had it, which alone vouches for it"
