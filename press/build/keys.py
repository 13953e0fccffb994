"""Make the keys of drawings, pages and prints: digests of all that they depend on."""

import importlib.metadata
import json
import sys
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from press.edition.edition import Edition, as_json
from press.ground import file_state, store, sums
from press.ground.file_state import FileState
from press.ground.paths import Folders
from press.page.compose import Way
from press.page.figures import Commission
from press.print.facts import STANDARD

# The code that has a hand in drawings, pages and prints: of the package, folders and files.
CODE = (
    *(
        "content",
        "edition",
        "page",
        "print",
        "checks/layout.py",
        "checks/page.py",
        "checks/standard.py",
    ),
    *(
        f"build/{name}.py"
        for name in ["cards", "figure_drawings", "fit", "keys", "pages", "prints", "stages"]
    ),
)
# The templates that have none: of other outputs, and examples.
OTHER_TEMPLATES = ("catalogue", "fonts", "handout", "kit", "mail", "site")
PRINTING = [
    "weasyprint",
    "pydyf",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "Pyphen",
    "pillow",
    "fonttools",
    "pypdfium2",
    "pikepdf",
]
COMPOSING = ("Jinja2", "MarkupSafe", "babel", "segno")
DRAWING = "vl-convert-python"
SHOWN = 12  # characters of a digest


@dataclass(frozen=True)
class Dependencies:
    """Digests of what the results depend on beside the content; a plan names the one that changed."""

    code: str
    templates: str
    fonts: str
    libraries: str  # of the machine, and the versions of the packages
    catalogue: str = field(compare=False)  # all code and templates: it shows whatever there is


def dependencies(folders: Folders, inputs: Mapping[str, FileState]) -> Dependencies:
    """Return the digests of what is among *inputs*, files by path."""
    digest = partial(_digest, inputs)
    own = digest(folders.own_templates)
    packages = {name: importlib.metadata.version(name) for name in (*PRINTING, *COMPOSING)}
    versions = json.dumps({"python": sys.version_info[:2], **packages})
    return Dependencies(
        code=digest(folders.code, CODE),
        templates=store.key(digest(folders.templates, but=OTHER_TEMPLATES), own),
        fonts=digest(folders.fonts),
        libraries=store.key(json.dumps(file_state.libraries()), versions),
        catalogue=store.key(digest(folders.code), digest(folders.templates), own),
    )


@cache
def of_machine() -> dict[str, str]:
    """Return what decides, on this machine, which bytes the print of a page has."""
    code = Path(str(files("press")))
    packages = {name: importlib.metadata.version(name) for name in (*PRINTING, "distributed")}
    libraries = {Path(path).name: path for path, _, _ in file_state.libraries()}
    return {
        "the code of Press": _digest(file_state.scan([code]), code, CODE)[:SHOWN],
        "Python": ".".join(map(str, sys.version_info[:2])),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **packages,
        **{name: sums.sha256(Path(path).read_bytes())[:SHOWN] for name, path in libraries.items()},
    }


def _digest(
    inputs: Mapping[str, FileState],
    folder: Path,
    only: tuple[str, ...] = (),
    but: tuple[str, ...] = (),
) -> str:
    """Return the digest of what is among *inputs* in a *folder*: all, or *only* some, or all *but* some."""

    def within(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{name}/" for name in names)

    start, wanted, others = f"{folder}/", within(only), within(but)
    below = {
        path.removeprefix(start): file.digest
        for path, file in inputs.items()
        if path.startswith(start)
    }
    found = {
        path: digest
        for path, digest in below.items()
        if (not only or f"{path}/".startswith(wanted)) and not f"{path}/".startswith(others)
    }
    return store.key(json.dumps(found, sort_keys=True))


def drawing_key(commission: Commission, known: Dependencies) -> str:
    """Return the key of a drawing."""
    asked = (commission.spec, commission.alternative, commission.accent)
    return store.key(
        "drawing", *asked, known.code, known.fonts, importlib.metadata.version(DRAWING)
    )


def page_key(
    edition: Edition,
    ways: tuple[Way, ...],
    images: Mapping[str, bytes],
    drawing_keys: tuple[str, ...],
    known: Dependencies,
) -> str:
    """Return the key of the page of *edition*."""
    return store.key(
        "page",
        edition.digest,
        json.dumps(as_json(ways), sort_keys=True),
        known.code,
        known.templates,
        known.libraries,
        _digests(images),
        *drawing_keys,
    )


def print_key(
    paper: str, images: Mapping[str, bytes], limits: Mapping[str, Any], known: Dependencies
) -> str:
    """Return the key of a print of *paper*, in a setting that is chosen by *limits*."""
    return store.key(
        "print",
        STANDARD,
        paper,
        _digests(images),
        json.dumps(limits),
        known.code,
        known.fonts,
        known.libraries,
    )


def parts_key(of: str, known: Dependencies) -> str:
    """Return the key of what is known of parts of the print *of* an edition; these have digests of their own."""
    return store.key("parts", STANDARD, of, known.code, known.fonts, known.libraries)


def catalogue_key(looks: Iterable[tuple[str, str]], audiences: int, known: Dependencies) -> str:
    """Return the key of the catalogue in *looks*, the labels and accents of the first of so many *audiences*."""
    return store.key(
        "catalogue",
        json.dumps([audiences, *looks]),
        known.catalogue,
        known.fonts,
        known.libraries,
        importlib.metadata.version(DRAWING),
    )


def _digests(images: Mapping[str, bytes]) -> str:
    return json.dumps({name: store.key(data) for name, data in sorted(images.items())})
