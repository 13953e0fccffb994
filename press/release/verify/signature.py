"""Who made a release: sums, a signature and a public key in, why it does not hold, or nothing, out."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from press.ground import paths, signals
from press.ground.sums import SIGNATURES, SUMS
from press.problems import ConfigurationError, OutputError
from press.release import shelf

MINISIGN, SSH = SIGNATURES
MOST = 64 * 1024  # bytes of a signature or a key
_WIDTH = 70  # characters of a line of ssh's
_PACKAGES = {"minisign": "minisign", "ssh-keygen": "openssh-client"}
_MINISIGN_KEY = re.compile(r"^RW[A-Za-z0-9+/]{54}$", re.MULTILINE)
_SSH_KEY = re.compile(
    r"^((?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2})(?: .*)?$", re.MULTILINE
)


def formed(name: str, data: bytes, release: str) -> bool:
    """Say whether a signature is written as its tool writes it for *release*: its comments are not all signed."""
    text = data.decode("ascii", "replace")
    if name == MINISIGN:
        lines = text.split("\n")
        comments = [
            f"untrusted comment: {shelf.UNTRUSTED}",
            f"trusted comment: {shelf.trusted(release)}",
            "",
        ]
        return lines[0::2] == comments and all(map(_canonical, lines[1::2]))
    match = re.fullmatch(
        r"-----BEGIN SSH SIGNATURE-----\n(.+)\n-----END SSH SIGNATURE-----\n", text, re.DOTALL
    )
    body = match[1].split("\n") if match else [""]
    return _canonical("".join(body)) and body == textwrap.wrap("".join(body), _WIDTH)


def _canonical(text: str) -> bool:
    """Say whether *text* is base64 of something, and the only way to write it."""
    try:
        return (
            bool(text) and base64.b64encode(base64.b64decode(text, validate=True)).decode() == text
        )
    except ValueError:
        return False


def tool(key: Path) -> str:
    """Return the name of the file of signatures that the public *key* is for.

    Raises:
        OutputError: it could not be read, or is no public key.
        ConfigurationError: the program that it is for is missing.
    """
    text = _read(key)
    name = MINISIGN if _MINISIGN_KEY.search(text) else SSH if _SSH_KEY.search(text) else ""
    if not name:
        raise OutputError(f"{paths.shown(key)} is no public key of minisign or ssh")
    program = "minisign" if name == MINISIGN else "ssh-keygen"
    if shutil.which(program) is None:
        raise ConfigurationError(
            f"a signature is checked by {program}, which is not here; "
            f"Debian, Ubuntu: apt-get install {_PACKAGES[program]}"
        )
    return name


def holds(key: Path, sums: bytes, signature: bytes) -> bool:
    """Say whether *signature* was made of *sums* by the secret half of *key*."""
    with TemporaryDirectory() as folder:
        path, made = Path(folder) / SUMS, Path(folder) / "signature"
        path.write_bytes(sums)
        made.write_bytes(signature)
        text = _read(key)
        if match := _MINISIGN_KEY.search(text):
            return _agrees(
                ["minisign", "-V", "-q", "-P", match[0], "-m", str(path), "-x", str(made)]
            )
        known = Path(folder) / "known"
        known.write_text("".join(f"press {match[1]}\n" for match in _SSH_KEY.finditer(text)))
        words = ["-f", str(known), "-I", "press", "-n", shelf.NAMESPACE, "-s", str(made)]
        with path.open("rb") as file:
            return _agrees(["ssh-keygen", "-Y", "verify", *words], file)


def _agrees(command: list[str], file: IO[bytes] | int = subprocess.DEVNULL) -> bool:
    pipe = subprocess.PIPE
    return signals.run(command, stdin=file, stdout=pipe, stderr=pipe).returncode == 0


def _read(key: Path) -> str:
    try:
        with key.open("rb") as file:
            return file.read(MOST).decode("ascii", "replace")
    except OSError as error:
        raise OutputError(f"{paths.shown(key)}: {error.strerror}") from error
