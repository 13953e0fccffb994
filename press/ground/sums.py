"""Read and write SHA256SUMS: the digests of files, in the form of coreutils."""

import hashlib
import re
from collections.abc import Mapping

SUMS = "SHA256SUMS"
SIGNATURES = (f"{SUMS}.minisig", f"{SUMS}.sig")  # of minisign, of ssh-keygen
PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_LINE = re.compile(rf"([0-9a-f]{{64}})  ({PATH.pattern})")


def sha256(data: bytes) -> str:
    """Return the digest of *data*."""
    return hashlib.sha256(data).hexdigest()


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the digests of *files*, by path."""
    return {path: sha256(data) for path, data in files.items()}


def write(digests: Mapping[str, str]) -> bytes:
    """Return the lines for *digests*, sorted by path."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def read(lines: bytes) -> dict[str, str]:
    """Return the digests in *lines*, by path; lines of another form are left out, so that `write` shows them."""
    matches = map(_LINE.fullmatch, lines.decode("ascii", "replace").split("\n"))
    return {match[2]: match[1] for match in matches if match}
