"""Two releases of a small site, made by hand, and what must hold of any mix of the two."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "2026-11-24.1", "2026-12-01.1"
PDF = b"%PDF-1.7\n"
Files = dict[str, bytes]


def page(text: str, *links: str) -> bytes:
    """Return a page with links."""
    anchors = "".join(f'<a href="{link}">' for link in links)
    return f"{text}{anchors}</html>\n".encode()


def outputs(number: int) -> Files:
    """Return the outputs of the first or second release: one page stays, one goes, one changes, two come."""
    more = ["donors.html", "../ru/health.html"] if number == 2 else ["police.html"]
    health = page(f"health {number}", "health.pdf", "../index.html", *more)
    files = {
        "index.html": page(f"index {number}", "en/health.html", "evidence.html", "changes.txt"),
        "evidence.html": page("evidence", "index.html", "data/claims.csv"),
        "en/health.html": health,
        "en/health.pdf": PDF + bytes([number]) * 3000,  # of one size in both
        "data/claims.csv": b"claim\n",
        "changes.txt": f"{number}\n".encode(),
        f"handouts/health_{number}.zip": b"PK" + bytes(5000 * number),
    }
    if number == 2:
        files["en/donors.html"] = page("donors", "donors.pdf", "health.html", "../ru/health.html")
        files["en/donors.pdf"] = PDF + b"d" * 40_000
        files["ru/health.html"] = page("здоровье", "../en/donors.html", "../index.html")
    else:
        files["en/police.html"] = page("police", "police.pdf", "health.html")
        files["en/police.pdf"] = PDF
    return files


def freeze(releases: Path, name: str, files: Files, **facts: object) -> Path:
    """Write a release as it lies on disk, with a ledger beside it and a file that nobody listed."""
    folder = releases / name
    listed = [
        {"path": path, "sha256": digest(data), "size": len(data), "type": kind(path)}
        for path, data in files.items()
    ]
    manifest = {"schema": 1, "kind": "release", "release": name, "slug": "gardens", "files": listed}
    text = json.dumps(manifest | {"supersedes": None} | facts).encode()
    sums = files | {"manifest.json": text}
    lines = "".join(f"{digest(data)}  {path}\n" for path, data in sorted(sums.items()))
    for path, data in (sums | {"SHA256SUMS": lines.encode(), ".secret": b"nobody's"}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    (releases / f"{name}.ledger.sqlite").write_bytes(b"addresses")
    return folder


def both(releases: Path) -> tuple[Files, Files]:
    """Freeze both releases, and return what each publishes."""
    return tuple(  # type: ignore[return-value] # two of them
        published(freeze(releases, name, outputs(number)))
        for number, name in enumerate((OLD, NEW), 1)
    )


def published(folder: Path) -> Files:
    """Return what is to be published of a release: all but what is hidden."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != ".secret")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def digest(data: bytes) -> str:
    """Return the digest of *data*."""
    return hashlib.sha256(data).hexdigest()


def kind(path: str) -> str:
    """Return the media type that a manifest gives."""
    kinds = {"html": "text/html", "pdf": "application/pdf", "csv": "text/csv"}
    return kinds.get(path.rpartition(".")[2], "application/octet-stream")


def site(files: Files) -> Files:
    """Return those files at a target that visitors see."""
    own = (".press-publish/", "press-published.json")
    return {name: data for name, data in files.items() if not name.startswith(own)}


def faults(found: Files, old: Files, new: Files) -> list[str]:
    """Return what is wrong with a site between two releases: a file of neither, a link to nothing, a lost page."""
    seen = site(found)
    wrong = [
        f"{name} is of neither release"
        for name, data in seen.items()
        if data not in {old.get(name), new.get(name)}
    ]
    wrong += [f"{name} is lost" for name in old.keys() & new.keys() if old and name not in seen]
    known = [name for name in seen if name in old or name == "index.html"]
    reached: list[str] = []
    while known:
        name = known.pop()
        if name in reached:
            continue
        reached.append(name)
        if name not in seen:
            wrong.append(f"a link leads to {name}, which is not there")
        elif name.endswith(".html"):
            links = re.findall(r'href="([^"]+)"', seen[name].decode())
            known += [posixpath.normpath(posixpath.join(posixpath.dirname(name), x)) for x in links]
    return wrong
