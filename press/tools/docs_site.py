"""Make the site of the docs from `docs/`, the rules and the keys, with Sphinx; no network is needed."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from press.content.model.kinds import SECTIONS, kinds_in
from press.problems import RefusedError
from press.rulebook import rules
from press.tools.rules import HEAD, entry
from press.tools.schemas import with_keys

PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "decisions.md")  # pages beside docs/
FILES = ("LICENSE", "LICENSE-CONTENT", "templates/fonts/OFL.txt")  # to which these lead


def make(root: Path, work: Path, site: Path) -> None:
    """Make the folder *site* from the papers of the project at *root*; in *work* is what Sphinx reads.

    Raises:
        RefusedError: a link leads nowhere, or a page is in no list of docs/index.md; *site* is as it was.
    """
    from sphinx.application import Sphinx  # noqa: PLC0415 - heavy, and only here
    from sphinx.util.console import nocolor  # noqa: PLC0415
    from sphinx.util.docutils import docutils_namespace  # noqa: PLC0415

    shutil.rmtree(work, ignore_errors=True)
    source, made, trees, warnings = work / "source", work / "site", work / "trees", io.StringIO()
    write_source(root, source)
    nocolor()
    with docutils_namespace():
        Sphinx(source, source, made, trees, "html", status=None, warning=warnings).build()
    if complaints := warnings.getvalue().strip():
        raise RefusedError(f"the site of the docs is as it was:\n{complaints}")
    shutil.rmtree(site, ignore_errors=True)
    shutil.move(made, site)


def write_source(root: Path, source: Path) -> None:
    """Write all pages as Sphinx reads them: docs/ and the papers beside it in one folder, a page for each rule."""
    shutil.copytree(root / "docs", source, ignore=shutil.ignore_patterns("site"))
    for name in (*PAPERS, *FILES):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, source / name)
    for path in source.rglob("*.md"):
        path.write_text(with_site_links(path.read_text("utf-8")), "utf-8")
    for folder in ("keys", "rules"):
        (source / folder).mkdir()
    loader = FileSystemLoader(source / "templates")
    templates = Environment(loader=loader, undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - Markdown
    for name, template, values in pages((source / "index.md").read_text("utf-8")):
        page = templates.get_template(f"{template}.md.j2").render(values)
        (source / f"{name}.md").write_text(page, "utf-8")


def pages(index: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the pages that templates make: name, template and what it needs; *index* leads to the others."""
    sections = {"all_sections": SECTIONS, "kinds_in": kinds_in}
    for name, schema in with_keys().items():
        yield f"keys/{name}", "keys", {"page": name, "schema": schema, **sections}
    for name, rule in rules().items():
        yield f"rules/{name}", "rule", {"name": name, "entry": entry(name), "group": rule.group}
    yield "rules", "rules", {"head": HEAD, "rules": rules()}
    yield "every-key", "every-key", {"pages": with_keys()}
    yield "index", "index", {"index": index, "sections": index.split("\n## ")[1:], "pages": links}


def with_site_links(text: str) -> str:
    """Return the text of a page whose links lead to where the pages are in the site."""
    for name in PAPERS:
        text = text.replace(f"](../{name}", f"]({name}")
    return text.replace("](docs/", "](")


def links(text: str) -> list[str]:
    """Return the pages to which *text* links, without their ending."""
    return re.findall(r"\]\(([^)#:]+)\.md\)", text)
