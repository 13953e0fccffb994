"""The manifest: the outputs by name in, `manifest.json` and `SHA256SUMS` out.

Neither holds a time of day, a host or an absolute path.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from press.content.model import Series

TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "png": "image/png",
    "json": "application/json",
    "csv": "text/csv",
    "txt": "text/plain",
    "zip": "application/zip",
}
NAME = "manifest.json"
SUMS = "SHA256SUMS"


def entry(name: str, data: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the manifest says of one output."""
    kind = TYPES[name.rpartition(".")[2]]
    return {
        "path": name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "type": kind,
        **facts,
    }


def facts(series: Series) -> dict[str, str]:
    """Return what the manifest says of *series*."""
    return {"series": str(series.name), "release": series.release.isoformat()}


def written(series: Mapping[str, Any], entries: list[dict[str, Any]]) -> bytes:
    """Return the manifest."""
    outputs = sorted(entries, key=lambda one: str(one["path"]))
    return (
        json.dumps({"schema": 1, **series, "outputs": outputs}, ensure_ascii=False, indent=1) + "\n"
    ).encode()


def sums(entries: list[dict[str, Any]], manifest: bytes) -> bytes:
    """Return the digests of the outputs and the manifest, in the form of coreutils."""
    digests = {str(one["path"]): str(one["sha256"]) for one in entries} | {
        NAME: hashlib.sha256(manifest).hexdigest()
    }
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()
