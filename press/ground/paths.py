"""Name the folders of a series and of the installed Press, and show paths as a user types them."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

DISTRIBUTION = "press-briefs"  # what Press is called where it is installed from a wheel
INSTALLED = "installed"  # the folder in the package that a wheel brings: what lies beside the package in a clone
COMMIT = "commit"  # a file in it: the commit of which the wheel was made
SERIES = "series.yaml"  # by it a folder is known as one of content
LIMITS = "limits.yaml"
VERSION = ".press-version"  # a file beside it: for which Press it is written
OUTPUTS = ("build", "releases", "kits")  # the folders that tasks fill
CONTENT_FOLDERS = {  # and how the names of the files in them end
    **dict.fromkeys(("sources", "claims", "blocks", "briefs", "terms"), ".yaml"),
    **dict.fromkeys(("images", "maps"), ""),
}
PARTS = (  # what a folder of content may have that is read
    *(SERIES, VERSION, LIMITS, "mail.yaml", "LICENSE", "locale", "templates"),
    *CONTENT_FOLDERS,
)
_ID = re.compile(r"^\ufeff?id[ \t]*:[ \t]+([\"']?)([a-z0-9-]+)\1[ \t]*(?:#.*)?\r?$", re.MULTILINE)
SHORT = "-short"  # ends the name of a file with the short form of a brief, before its ending


@dataclass(frozen=True)
class Folders:
    """The folders of the installed Press, with code and templates, and of a series, with what tasks make of it."""

    root: Path  # of the installed Press
    content: Path
    build: Path
    releases: Path
    kits: Path
    work: Path  # store, state and locks

    @classmethod
    def of(cls, root: Path, home: Path | None = None) -> Self:
        """Return the folders of Press in *root* and of the series in *home*, or there too, each in its usual place.

        A series has its content in its folder itself, that of a clone in the folder `content`.
        """
        home = home or root
        content = home if (home / SERIES).is_file() else home / "content"
        build, releases, kits = (home / name for name in OUTPUTS)
        return cls(root, content, build, releases, kits, home / ".press")

    @classmethod
    def here(cls, content: Path | None = None) -> Self:
        """Return the folders of the series in *content*, or where the user is; else those of the clone.

        For the edge, where a task begins.
        """
        package = Path(__file__).resolve().parents[1]
        of_wheel = package / INSTALLED
        folder = content or series_around()
        home = home_of(folder) if folder else None
        if of_wheel.is_dir():
            return cls.of(of_wheel, home or _current())
        return cls.of(package.parent, home)

    @property
    def installed(self) -> bool:
        """Whether Press was installed from a wheel; else it is a clone."""
        return self.root.name == INSTALLED and not (self.root / "press").is_dir()

    @property
    def meant(self) -> bool:
        """Whether the user, who is in no series, means this one: that of the clone in which she is, or in `content`."""
        clone = _current().resolve().is_relative_to(self.root)
        return (self.content / SERIES).is_file() if self.installed else clone

    @property
    def home(self) -> Path:
        """The folder in which tasks put what they make."""
        return self.work.parent

    @property
    def usual(self) -> Self:
        """The same, where no option names another."""
        return self.of(self.root, self.home)

    @property
    def code(self) -> Path:
        """The package."""
        return self.root.parent if self.installed else self.root / "press"

    @property
    def version(self) -> str:
        """The version of Press."""
        import tomllib  # noqa: PLC0415 - an unchanged build needs none

        project = tomllib.loads((self.root / "pyproject.toml").read_text("utf-8"))
        return str(project["project"]["version"])

    @property
    def templates(self) -> Path:
        """Templates and styles."""
        return self.root / "templates"

    @property
    def series(self) -> str:
        """The id of the series, '' where it has none."""
        return series_id(self.content)

    @property
    def own_templates(self) -> Path:
        """Those of the series, which come before; it may have none."""
        return self.content / "templates"

    @property
    def template_folders(self) -> tuple[Path, Path]:
        """Where templates and styles are looked for, in this order."""
        return self.own_templates, self.templates

    @property
    def fonts(self) -> Path:
        """The faces, and the list of what they can draw."""
        return self.templates / "fonts"

    @property
    def lock(self) -> Path:
        """The versions of the libraries that make the outputs."""
        return self.root / "requirements" / "core.lock"

    @property
    def store(self) -> Path:
        """Results by key."""
        return self.work / "store"


def series_id(content: Path) -> str:
    """Return the id that the series in *content* has typed, '' where it has none."""
    path = content / SERIES
    try:
        text = path.read_bytes().decode(errors="replace") if path.is_file() else ""
    except OSError:  # its reader will say so
        return ""
    found = _ID.search(text)
    return found[2] if found else ""


def series_around() -> Path | None:
    """Return the folder with a series.yaml in which the user is, if there is one."""
    place = _current()
    return next((each for each in (place, *place.parents) if (each / SERIES).is_file()), None)


def _current() -> Path:
    try:
        return Path.cwd()
    except OSError:  # it is gone
        return Path(os.curdir)


def home_of(content: Path) -> Path | None:
    """Return where what is made of *content* lies: in the clone of Press around it, or else in it, if it has an id."""
    above = content.parent
    if content.name == "content" and (above / "press" / "rules.toml").is_file():
        return above
    return content if series_id(content) else None


def shown(path: Path) -> str:
    """Return *path* as a user would type it in the current folder: the shorter way to write it."""
    return min(os.path.relpath(path), str(path), key=len)


def start(folder: str) -> str:
    """Return what the paths of files in a *folder*, as it is shown, begin with: nothing in the current one."""
    return "" if folder == os.curdir else f"{folder}/"
