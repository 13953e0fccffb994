"""Verify a release, a handout or one file, and say what that proves. No network is needed."""

from pathlib import Path

from press.ground import paths
from press.problems import OutputError
from press.release.verify import folder, single_file
from press.release.verify.verdict import Damage, Verdict

__all__ = ["Damage", "Verdict", "verify"]


def verify(path: Path, key: Path | None = None, against: Path | None = None) -> Verdict:
    """Return what is at *path* came to: the folder of a release, a handout, or one file of a release.

    Raises:
        UsageError: one file, and no release to compare it with.
        OutputError: it is none of these, or could not be read.
        ConfigurationError: the program that checks signatures is missing.
    """
    if not path.exists():
        raise OutputError(f"there is no {paths.shown(path)}")
    if path.is_dir():
        return folder.verify(path, key)
    return single_file.verify(path, key, against)
