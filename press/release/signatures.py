"""Sign the digests of a release, and check a signature, with the programs that recipients have.

A passphrase goes from the terminal to minisign or ssh-keygen; Press never sees it.
"""

import base64
import re
import shutil
import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from press.ground import paths, signals
from press.ground.disk import open_file
from press.ground.lock import reported
from press.ground.sums import SIGNATURES, SUMS
from press.problems import ConfigurationError, OutputError

MINISIGN, SSH = SIGNATURES
NAMESPACE = "press-release"  # of signatures by ssh-keygen
TRUSTED = "release {} of Press"  # the comment that minisign signs together with the sums
UNTRUSTED = "signature of a release of Press"  # what minisign writes first, and does not sign
MOST = 64 * 1024  # bytes of a signature or a key
PUBLIC = 56  # characters of a public key of minisign; a secret one has more
_WIDTH = 70  # characters of a line of ssh's
_PROGRAMS = {MINISIGN: "minisign", SSH: "ssh-keygen"}
_PACKAGES = {MINISIGN: "minisign", SSH: "openssh-client"}  # of Debian
_MINISIGN_KEY = re.compile(r"^RW[A-Za-z0-9+/]{54}$", re.MULTILINE)
_SSH_KEY = re.compile(
    r"^((?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2})(?: .*)?$", re.MULTILINE
)


def kind_of_secret(key: Path) -> str:
    """Return the name of the file of a signature by the secret *key*.

    Raises:
        OutputError: it could not be read, or is not a key to sign with.
    """
    first, _, rest = _read(key).partition("\n")
    if first.startswith("untrusted comment:") and len(rest.strip()) > PUBLIC:
        return MINISIGN
    # a public key of ssh stands for the secret one that an agent holds
    if "PRIVATE KEY-----" in first or first.startswith(("ssh-", "ecdsa-", "sk-")):
        return SSH
    raise OutputError(
        f"{paths.shown(key)} is not a secret key of minisign or ssh; make one with minisign -G or ssh-keygen"
    )


def kind_of_public(key: Path) -> str:
    """Return the name of the file of the signatures that the public *key* is for.

    Raises:
        OutputError: it could not be read, or is not a public key.
        ConfigurationError: the program that it is for is missing.
    """
    text = _read(key)
    name = MINISIGN if _MINISIGN_KEY.search(text) else SSH if _SSH_KEY.search(text) else ""
    if not name:
        raise OutputError(f"{paths.shown(key)} is not a public key of minisign or ssh")
    _program(name)
    return name


def sign(key: Path, sums: bytes, release: str) -> bytes:
    """Return the file of the signature of *sums*, those of *release*, by the secret *key*.

    Raises:
        ConfigurationError: the program is missing.
        OutputError: it made no signature.
    """
    name = kind_of_secret(key)
    with TemporaryDirectory() as folder:
        path = Path(folder) / SUMS
        path.write_bytes(sums)
        own, file = str(key.absolute()), str(path)
        if name == MINISIGN:  # its own comments would hold the time
            words = ["-S", "-s", own, "-m", file, "-t", TRUSTED.format(release), "-c", UNTRUSTED]
        else:
            words = ["-Y", "sign", "-n", NAMESPACE, "-f", own, file]
        program = _program(name)
        sys.stdout.flush()
        # what it asks goes to where progress goes: standard output may be read by a program
        status = signals.run([program, *words], stdout=sys.stderr.fileno()).returncode
        if status:
            raise OutputError(
                f"{program} made no signature with {paths.shown(key)} (status {status}); nothing was released"
            )
        try:
            return (Path(folder) / name).read_bytes()
        except OSError as error:
            raise OutputError(f"no signature came of {paths.shown(key)}") from error


def formed(name: str, data: bytes, release: str) -> bool:
    """Return True if a signature is written as its tool writes it for *release*: not all of it is signed."""
    text = data.decode("ascii", "replace")
    if name == MINISIGN:
        lines = text.split("\n")
        trusted = f"trusted comment: {TRUSTED.format(release)}"
        comments = [f"untrusted comment: {UNTRUSTED}", trusted, ""]
        return lines[0::2] == comments and all(map(_canonical, lines[1::2]))
    match = re.fullmatch(
        r"-----BEGIN SSH SIGNATURE-----\n(.+)\n-----END SSH SIGNATURE-----\n", text, re.DOTALL
    )
    body = match[1].split("\n") if match else [""]
    return _canonical("".join(body)) and body == textwrap.wrap("".join(body), _WIDTH)


def _canonical(text: str) -> bool:
    """Return True if *text* is base64 of something, and the only way to write it."""
    with suppress(ValueError):
        return text == base64.b64encode(base64.b64decode(text, validate=True)).decode() != ""
    return False


def intact(name: str, sums: bytes, signature: bytes) -> bool:
    """Return False if no key has made *signature* of *sums*; of minisign's, and without ssh-keygen, nobody can say."""
    return name != SSH or shutil.which(_PROGRAMS[SSH]) is None or holds(None, sums, signature)


def holds(key: Path | None, sums: bytes, signature: bytes) -> bool:
    """Return True if *signature* was made of *sums* by the secret half of *key*; None: by any key of ssh."""
    with TemporaryDirectory() as folder:
        path, made = Path(folder) / SUMS, Path(folder) / "signature"
        path.write_bytes(sums)
        made.write_bytes(signature)
        text = _read(key) if key else ""
        if key is None:
            words = ["-n", NAMESPACE, "-s", str(made)]
            command = ["ssh-keygen", "-Y", "check-novalidate", *words]
        elif match := _MINISIGN_KEY.search(text):
            command = ["minisign", "-V", "-q", "-P", match[0], "-m", str(path), "-x", str(made)]
        else:
            known = Path(folder) / "known"
            known.write_text("".join(f"press {match[1]}\n" for match in _SSH_KEY.finditer(text)))
            words = ["-f", str(known), "-I", "press", "-n", NAMESPACE, "-s", str(made)]
            command = ["ssh-keygen", "-Y", "verify", *words]
        with path.open("rb") as file:  # ssh-keygen reads it, minisign nothing
            pipe = subprocess.PIPE
            return signals.run(command, stdin=file, stdout=pipe, stderr=pipe).returncode == 0


def _read(key: Path) -> str:
    with reported(key), open_file(key) as file:
        return file.read(MOST).decode("ascii", "replace")


def _program(name: str) -> str:
    """Return the program that signatures called *name* are made and checked with; refuse if it is not here."""
    program = _PROGRAMS[name]
    if shutil.which(program) is None:
        raise ConfigurationError(
            f"signatures need {program}, which is not here; Debian, Ubuntu: apt-get install {_PACKAGES[name]}"
        )
    return program
