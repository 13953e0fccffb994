"""Write the manifest: what the outputs are. It holds no time of day, no host and no absolute path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from press.ground.sums import sha256

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


def entry(name: str, data: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the manifest says of one output."""
    kind = TYPES[name.rpartition(".")[2]]
    return {
        "path": name,
        "sha256": sha256(data),
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
