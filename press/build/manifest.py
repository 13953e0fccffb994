"""Write the manifest: what the outputs are. It holds no time of day, no host and no absolute path."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from press.build.formats import media_type
from press.content.model import Series
from press.ground.sums import sha256

NAME = "manifest.json"


def entry(path: str, data: bytes, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the manifest says of one output."""
    size, kind = len(data), media_type(path)
    return {"path": path, "sha256": sha256(data), "size": size, "type": kind, **facts}


def facts(series: Series) -> dict[str, str]:
    """Return what the manifest says of *series*."""
    return {"series": str(series.name), "release": series.release.isoformat()}


def written(series: Mapping[str, Any], entries: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the manifest."""
    outputs = sorted(entries, key=lambda entry: str(entry["path"]))
    value = {"schema": 1, **series, "outputs": outputs}
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
