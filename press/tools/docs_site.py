"""Make the site of the docs from `docs/`, the rules and the keys, with Sphinx; no network is needed."""

import io
import re
import shutil
from itertools import groupby
from pathlib import Path
from typing import Any

from press.problems import RefusedError
from press.rulebook import rules
from press.tools import keys
from press.tools.rules import HEAD, entry

PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "decisions.md")  # pages beside docs/
FILES = ("LICENSE", "LICENSE-CONTENT", "templates/fonts/OFL.txt")  # to which these lead
TO_KEYS = (
    "- [Every key](keys.md): what the files of a series may hold\n"  # it is on no page of docs/
)
KEYS = """\
# Every key

What each file of a series may hold. A key that is not here is refused; keys are optional but where it says "required".
[Writing content](writing.md) explains them in use.
"""
ALONE = "---\norphan: true\n---\n"  # a page that the margin of the others does not list
SETTINGS = {
    "project": "Press",
    "html_title": "Press",
    "language": "en",
    "extensions": ["myst_parser"],
    "myst_heading_anchors": 3,
    "html_theme": "furo",
    "html_copy_source": False,
    "html_show_copyright": False,
    "smartquotes": False,  # what is quoted is what somebody types or reads in a message
    "nitpicky": True,
    "suppress_warnings": [
        "misc.highlighting_failure"
    ],  # an example may leave something out with '…'
}


def make(root: Path, work: Path, site: Path) -> None:
    """Make the folder *site* from the papers of the project at *root*; in *work* is what Sphinx reads.

    Raises:
        RefusedError: a link leads nowhere, or a page is in no list of docs/index.md; *site* is as it was.
    """
    from sphinx.application import Sphinx  # noqa: PLC0415 - heavy, and only here
    from sphinx.util.console import nocolor  # noqa: PLC0415
    from sphinx.util.docutils import docutils_namespace  # noqa: PLC0415

    shutil.rmtree(work, ignore_errors=True)
    source, made, warnings = work / "source", work / "site", io.StringIO()
    write_source(root, source)
    nocolor()
    with docutils_namespace():
        told: Any = {"confoverrides": SETTINGS, "status": None, "warning": warnings}
        Sphinx(source, None, made, work / "doctrees", "html", **told).build()
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
        path.write_text(moved(path.read_text("utf-8")), "utf-8")
    names = {heading: heading.partition(".")[0] for heading in keys.PAGES}
    written = {f"keys/{names[heading]}": page for heading, page in keys.pages().items()}
    written |= {f"rules/{name}": f"# The rule {name}\n\n{entry(name)}" for name in rules()}
    for folder in ("keys", "rules"):
        (source / folder).mkdir()
    for name, page in written.items():
        (source / f"{name}.md").write_text(ALONE + page, "utf-8")
    listed = "\n".join(f"- [{heading}](keys/{name}.md)" for heading, name in names.items())
    (source / "keys.md").write_text(f"{KEYS}\n{listed}\n", "utf-8")
    (source / "rules.md").write_text(rule_list(), "utf-8")
    index = source / "index.md"
    text = index.read_text("utf-8").replace("- [The rules]", f"{TO_KEYS}- [The rules]")
    index.write_text(with_contents(text), "utf-8")


def rule_list() -> str:
    """Return the page that leads to those of the rules, instead of the long one about all of them."""
    parts = [HEAD]
    for group, names in groupby(rules(), lambda name: rules()[name].group):
        lines = [f"- [{name}](rules/{name}.md): {rules()[name].refused}" for name in names]
        parts.append("\n".join([f"## {group}\n", *lines, ""]))
    return "\n".join(parts)


def moved(text: str) -> str:
    """Return the text of a page whose links lead to where the pages are in the site."""
    for name in PAPERS:
        text = text.replace(f"](../{name}", f"]({name}")
    return text.replace("](docs/", "](")


def with_contents(index: str) -> str:
    """Return the first page with the contents for the margin: a list for each heading, of the pages that it links."""
    for section in index.split("\n## ")[1:]:
        pages = "\n".join(re.findall(r"\]\(([^)#:]+)\.md\)", section))
        caption = section.partition("\n")[0]
        index += f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{pages}\n```\n"
    return index
