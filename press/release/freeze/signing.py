"""A signature by the tools that recipients have: a key and the sums in, the signature's file out.

A passphrase goes from the terminal to minisign or ssh-keygen; Press never sees it.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from press.ground import paths, signals
from press.ground.sums import SIGNATURES, SUMS
from press.problems import ConfigurationError, OutputError
from press.release import shelf

if TYPE_CHECKING:
    from collections.abc import Callable

MINISIGN, SSH = SIGNATURES
PUBLIC = 56  # characters of a public key of minisign; a secret one has more
PACKAGES = {"minisign": "minisign", "ssh-keygen": "openssh-client"}


def kind(key: Path) -> str:
    """Return the name of the file of a signature by *key*.

    Raises:
        OutputError: it could not be read, or is no key to sign with.
    """
    try:
        with key.open("rb") as file:
            head = file.read(4096).decode("ascii", "replace")
    except OSError as error:
        raise OutputError(f"{paths.shown(key)}: {error.strerror}") from error
    first, _, rest = head.partition("\n")
    if first.startswith("untrusted comment:") and len(rest.strip()) > PUBLIC:
        return MINISIGN
    # a public key of ssh stands for the secret one that an agent holds
    if "PRIVATE KEY-----" in first or first.startswith(("ssh-", "ecdsa-", "sk-")):
        return SSH
    raise OutputError(
        f"{paths.shown(key)} is no secret key of minisign or ssh; make one with minisign -G or ssh-keygen"
    )


def signed(key: Path, sums: bytes, release: str) -> bytes:
    """Return the file of the signature of *sums* by *key*.

    Raises:
        ConfigurationError: the program is missing.
        OutputError: it made no signature.
    """
    run = _minisign if (name := kind(key)) == MINISIGN else _ssh
    with TemporaryDirectory() as folder:
        path = Path(folder) / SUMS
        path.write_bytes(sums)
        _done(run, key, path, release)
        made = Path(folder) / name
        try:
            return made.read_bytes()
        except OSError as error:
            raise OutputError(f"no signature came of {paths.shown(key)}") from error


def _minisign(key: Path, path: Path, release: str) -> list[str]:
    """Return the command; its own words would hold the time."""
    words = ["-t", shelf.trusted(release), "-c", shelf.UNTRUSTED]
    return ["minisign", "-S", "-s", str(key.absolute()), "-m", str(path), *words]


def _ssh(key: Path, path: Path, _: str) -> list[str]:
    return [
        "ssh-keygen",
        "-Y",
        "sign",
        "-n",
        shelf.NAMESPACE,
        "-f",
        str(key.absolute()),
        str(path),
    ]


def _done(
    command: Callable[[Path, Path, str], list[str]], key: Path, path: Path, release: str
) -> None:
    words = command(key, path, release)
    if shutil.which(words[0]) is None:
        raise ConfigurationError(
            f"there is no {words[0]} here; Debian, Ubuntu: apt-get install {PACKAGES[words[0]]}"
        )
    sys.stdout.flush()
    # what it asks goes to where progress goes: standard output may be read by a program
    status = signals.run(words, stdout=sys.stderr.fileno()).returncode
    if status:
        raise OutputError(
            f"{words[0]} made no signature with {paths.shown(key)} (status {status}); nothing was released"
        )
