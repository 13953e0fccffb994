"""Wait until files of a series change. The gate to watchfiles."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import watchfiles

from press.ground import signals

PAUSE = 20  # ms without a change, after which what was saved together is whole
LONGEST = 400  # ms in which changes may follow one another
TURN = 200  # ms between two looks at signals, and at whether the folders are the same


def changes(sources: Sequence[Path]) -> Iterator[None]:
    """Yield once when all is watched, then each time after something at *sources* has changed.

    What is not there yet is watched too: its folder is. A folder that another takes the place of, as a checkout
    of git may do, is watched anew.

    Raises:
        StoppedError: a signal came.
    """
    whole = [path.resolve() for path in sources]
    folders = {path if path.is_dir() else path.parent for path in whole}
    roots = sorted(each for each in folders if folders.isdisjoint(each.parents))

    def matters(_: watchfiles.Change, name: str) -> bool:
        return any(Path(name).is_relative_to(path) for path in whole)

    while True:
        before = _inodes(roots)
        with suppress(FileNotFoundError):
            seen = watchfiles.watch(
                *roots,
                watch_filter=matters,
                debounce=LONGEST,
                step=PAUSE,
                rust_timeout=TURN,
                yield_on_timeout=True,
                raise_interrupt=False,
            )
            for at, changed in enumerate(seen):
                signals.check()
                if _inodes(roots) != before:
                    break
                if changed or not at:
                    yield
        signals.sleep(TURN / 1000)


def _inodes(folders: Sequence[Path]) -> list[int]:
    """Return by what the system knows these *folders*, 0 of one that is gone."""
    return [path.stat().st_ino if path.is_dir() else 0 for path in folders]
