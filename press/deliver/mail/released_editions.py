"""The editions to send: the folder of the releases in, one release and its editions for one audience out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from press.deliver.mail.mailing import Edition, RefusedError, UsageError
from press.ground import paths
from press.print.pdf import metadata
from press.problems import ConfigurationError, OutputError, did_you_mean
from press.release import shelf

if TYPE_CHECKING:
    from press.content.model import Mail
    from press.deliver.mail.mailing import Request
    from press.release.shelf import File, Release

PDF = "application/pdf"
SAID = ("series", "label", "name", "summary", "publisher", "contact", "released", "status")


def chosen(request: Request) -> Release:
    """Return the release that was asked for, or the latest.

    Raises:
        UsageError: there is none of that name.
        RefusedError: another has taken its place.
        OutputError: there is none at all, or a manifest could not be read.
    """
    release, by = shelf.chosen(request.releases, request.release)
    if by:
        raise RefusedError(
            f"release {release.id} was corrected by {by}; send that one, "
            f"and --correction to those who have received {release.id}"
        )
    return release


def editions(release: Release, request: Request, settings: Mail | None) -> dict[str, Edition]:
    """Return the editions for the audience by language, each looked at in full.

    Raises:
        UsageError: the release has none.
        RefusedError: a file is not what the manifest says it is.
        ConfigurationError: a PDF is too large to attach, and there is no address to link to.
    """
    audiences = sorted({file.audience for file in release.files if file.audience})
    if request.audience not in audiences:
        raise UsageError(
            f"--audience: release {release.id} has no '{request.audience}'"
            f"{did_you_mean(request.audience, audiences)}"
        )
    spoken = sorted({file.language for file in release.files})
    found = {one: release.edition(request.audience, one, PDF) for one in spoken}
    files = {one: file for one, file in found.items() if file and file.language == one}
    if request.lang and request.lang not in files:
        raise UsageError(
            f"--lang: release {release.id} has no '{request.lang}'{did_you_mean(request.lang, files)}"
        )
    if not files:
        raise UsageError(f"release {release.id} has no PDF for '{request.audience}'")
    return {
        language: Edition(language, file, said(release, request, file), link(file, settings))
        for language, file in sorted(files.items())
    }


def said(release: Release, request: Request, file: File) -> dict[str, str]:
    """Return what the data of an edition says, when manifest, data and PDF agree whose it is.

    Raises:
        RefusedError: they do not.
        OutputError: a file could not be read or was changed.
    """
    path = f"data/{file.language}/{request.audience}.json"
    data = next((one for one in release.files if one.path == path), None)
    if data is None:
        raise OutputError(f"{paths.shown(release.folder / path)} is not in the release")
    facts = _facts(release.read(data), path)
    about = metadata(release.read(file))
    whose = {file.audience, data.audience or request.audience, str(facts.get("brief"))}
    ours = whose == {request.audience} and facts.get("language") == file.language
    label = str(facts.get("label"))
    if not ours or about["Title"] != facts.get("name") or label not in about["Keywords"]:
        raise RefusedError(
            f"{paths.shown(release.folder / file.path)} is not the edition for '{request.audience}' "
            "that the manifest and the data tell of; it is not sent"
        )
    return {name: " ".join(str(facts.get(name) or "").split()) for name in SAID}


def _facts(data: bytes, path: str) -> dict[str, Any]:
    try:
        facts = json.loads(data)
    except ValueError:
        facts = None
    if not isinstance(facts, dict):
        raise RefusedError(f"{path} is not the data of an edition")
    return facts


def link(file: File, settings: Mail | None) -> str:
    """Return where a *file* that is too large to attach can be read, '' for one that is attached.

    Raises:
        ConfigurationError: there is no such place.
    """
    if settings is None or file.size <= settings.limits.attachment_kilobytes * 1000:
        return ""
    if settings.web is None:
        raise ConfigurationError(
            f"{file.path} has {file.size // 1000} kB, more than limits.attachment_kilobytes allows; "
            "raise it, or name in 'web' where the release is published"
        )
    return f"{settings.web.rstrip('/')}/{file.path}"
