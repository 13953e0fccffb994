"""A release, its readers and its settings, made by hand: what `send` is given."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from press.deliver import mail
from tests.support.folders import HERE

SERIES = Path(__file__).parents[2] / "library" / "series.yaml"
AUDIENCES = {"red": "For gardeners", "blue": "For neighbours"}
TITLE = "Gardens need water, a survey reports"


def pdf(title: str, keywords: str, *, size: int = 0) -> bytes:
    """Return a PDF of one empty page; it has at least *size* bytes."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
        f"<</Title({title})/Keywords({keywords})>>",
    ]
    out, places = b"%PDF-1.7\n%" + b"-" * size + b"\n.\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{text}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 5\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer<</Size 5/Root 1 0 R/Info 4 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def entry(path: str, data: bytes, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return what a manifest says of a file."""
    kinds = {"pdf": "application/pdf", "json": "application/json", "html": "text/html"}
    kind = kinds[path.rpartition(".")[2]]
    digest = hashlib.sha256(data).hexdigest()
    return {"path": path, "sha256": digest, "size": len(data), "type": kind} | more


@dataclass(frozen=True)
class Desk:
    """A folder with all that a run of `send` reads and writes."""

    root: Path

    @property
    def releases(self) -> Path:
        """Its releases."""
        return self.root / "releases"

    @property
    def content(self) -> Path:
        """Its settings."""
        return self.root / "content"

    def release(
        self,
        name: str = "2026-11-24.1",
        *,
        languages: tuple[str, ...] = ("en",),
        title: str = TITLE,
        status: str = "final",
        size: int = 0,
        **facts: Any,  # noqa: ANN401 - JSON
    ) -> Path:
        """Make a release of two briefs."""
        folder, files = self.releases / name, []
        for audience, label in AUDIENCES.items():
            for language in languages:
                said = {
                    "brief": audience,
                    "language": language,
                    "label": label,
                    "status": status,
                    "series": "Gardens of the town",
                    "publisher": "The town",
                    "contact": "gardens@example.org",
                    "released": "November 2026",
                    "name": title,
                    "summary": f"What {language} readers should know.",
                }
                data = json.dumps(said).encode()
                book = pdf(title, f"Gardens of the town, {label}", size=size)
                whose = {"audience": audience, "language": language}
                speaking = f"gardens_{audience}_{language}_2026-11.pdf"
                page = b"<!doctype html>"
                files += [
                    entry(f"{language}/{audience}.html", page, **whose),
                    entry(f"{language}/{audience}.pdf", book, **whose, pages=1, name=speaking),
                    entry(f"data/{language}/{audience}.json", data, **whose),
                ]
                self.put(folder / f"{language}/{audience}.html", page)
                self.put(folder / f"{language}/{audience}.pdf", book)
                self.put(folder / f"data/{language}/{audience}.json", data)
        manifest = {"schema": 1, "kind": "release", "release": name, "files": files}
        manifest |= {"corrected": [*AUDIENCES] if "supersedes" in facts else []} | facts
        self.put(folder / "manifest.json", json.dumps(manifest).encode())
        return folder

    @staticmethod
    def put(path: Path, data: bytes | str) -> Path:
        """Write a file, and its folder where it has none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def settings(self, port: int = 25, **more: str) -> None:
        """Write the settings: a server on this machine, without a password, as far as *more* says nothing else."""
        server = {"host": "127.0.0.1", "port": str(port), "security": "none", "auth": "none"}
        top = {
            "sender": "{name: The town, address: gardens@example.org}",
            "unsubscribe": "{mail: leave@example.org}",
            "waits": "[1, 2]",
        }
        for key, text in more.items():
            (server if key in {*server, "user", "ca", "token"} else top)[key] = text
        top["server"] = "{" + ", ".join(f"{key}: {text}" for key, text in server.items()) + "}"
        text = "".join(f"{key}: {one}\n" for key, one in top.items())
        self.put(self.content / "mail.yaml", text)
        self.put(self.content / "series.yaml", SERIES.read_bytes())

    def readers(self, *rows: str, head: str = "email,name,language") -> Path:
        """Write a list of readers."""
        return self.put(self.root / "readers.csv", "\n".join([head, *rows, ""]))

    def people(self, number: int) -> Path:
        """Write a list of so many readers."""
        return self.readers(*(f"r{one}@example.org,Reader {one},en" for one in range(number)))

    def request(self, **more: Any) -> mail.SendRequest:  # noqa: ANN401 - its fields
        """Return a request for the brief 'red', to the list."""
        folders = replace(HERE, content=self.content, releases=self.releases)
        usual = {"audience": "red", "to": self.root / "readers.csv"}
        return mail.SendRequest(folders=folders, **{**usual, **more})


@dataclass
class Clock:
    """A clock that only moves when somebody waits."""

    time: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        """Tell the time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time go by."""
        self.slept.append(seconds)
        self.time += seconds

    @property
    def patience(self) -> mail.Patience:
        """Return the patience of a run that goes by this clock."""
        return mail.Patience(now=self.now, sleep=self.sleep)


def quiet(_done: int, _total: int, _name: str) -> None:
    """Show no progress."""
