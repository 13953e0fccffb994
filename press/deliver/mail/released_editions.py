"""Choose the editions of a release for one audience, and prove that they belong to it."""

import json
from collections.abc import Iterator
from typing import Any

from press.content.model import Mail
from press.deliver.mail.mailing import ReleasedEdition, SendRequest
from press.deliver.mail.settings import FILE
from press.ground import paths
from press.print.pdf import metadata
from press.problems import ConfigurationError, OutputError, RefusedError, UsageError, did_you_mean
from press.release.shelf import File, Release

PDF = "application/pdf"
WORDS = "series label name subject summary publisher contact released status"  # of the data


def editions(
    release: Release, request: SendRequest, settings: Mail | None
) -> dict[str, ReleasedEdition]:
    """Return the editions for the audience by language; the files of each were compared with one another.

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
    languages = sorted({file.language for file in release.files})
    short = settings is not None and settings.attach == "short"
    pdfs = [
        (language, release.edition(request.audience, language, PDF, short=short))
        for language in languages
    ]
    files = {language: file for language, file in pdfs if file and file.language == language}
    if request.lang and request.lang not in files:
        raise UsageError(
            f"--lang: release {release.id} has no '{request.lang}'{did_you_mean(request.lang, files)}"
        )
    if not files:
        form, way_out = ("short form", f"; take 'attach' out of {FILE}") if short else ("PDF", "")
        message = f"release {release.id} has no {form} for '{request.audience}'{way_out}"
        raise UsageError(message)
    return {language: _edition(release, request, files[language], settings) for language in files}


def _edition(
    release: Release, request: SendRequest, file: File, settings: Mail | None
) -> ReleasedEdition:
    """Return the edition whose PDF is *file*, with a link where that is too large to attach.

    Raises:
        ConfigurationError: it is, and there is no address to link to.
    """
    web = (settings.web or "").rstrip("/") if settings else ""
    large = settings and file.size > settings.limits.attachment_kilobytes * 1000
    if large and not web:
        raise ConfigurationError(
            f"{FILE}: limits.attachment_kilobytes: {file.path} has {file.size // 1000} kB, which is more; "
            "raise it, or name in 'web' where the release is published"
        )
    html = release.edition(request.audience, file.language, "text/html")
    link = f"{web}/{file.path}" if large else ""
    page = f"{web}/{html.path}" if html and web else ""
    facts = _facts(release, request, file)
    words = {name: " ".join(str(facts.get(name) or "").split()) for name in WORDS.split()}
    erratum = release.facts.get("erratum") if request.correction else None
    words["erratum"] = str(erratum or "")
    title = tuple(pieces(facts.get("title"), ""))
    return ReleasedEdition(file.language, file, words, link, page, title)


def pieces(parts: Any, language: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON has no narrower type
    """Yield the words of a line of the data, without note marks, each with their *language* where it is another."""
    for part in parts if isinstance(parts, list) else ():
        if "children" in part:
            yield from pieces(part["children"], str(part.get("language", language)))
        elif "text" in part:
            yield language, str(part["text"])


def _facts(release: Release, request: SendRequest, file: File) -> dict[str, Any]:
    """Return the data of an edition, if manifest, data and PDF agree about its audience and language.

    Raises:
        RefusedError: they do not.
        OutputError: a file could not be read or was changed.
    """
    path = f"data/{file.language}/{request.audience}.json"
    data = next((listed for listed in release.files if listed.path == path), None)
    if data is None:
        raise OutputError(f"{paths.shown(release.folder / path)} is not in the release")
    try:
        facts = dict(json.loads(release.read(data)))
    except (ValueError, TypeError):
        raise RefusedError(f"{path} is not the data of an edition") from None
    about = metadata(release.read(file))
    whose = {file.audience, data.audience or request.audience, str(facts.get("brief"))}
    ours = whose == {request.audience} and facts.get("language") == file.language
    label = str(facts.get("label"))
    name, is_short = str(facts.get("name")), file.path.endswith(f"{paths.SHORT}.pdf")
    # the title of a short form says what it is, in brackets
    more = about["Title"].removeprefix(name)
    titled = about["Title"].startswith(name) and bool(more) == is_short
    if not ours or not titled or label not in about["Keywords"]:
        raise RefusedError(
            f"{paths.shown(release.folder / file.path)} is not the edition for '{request.audience}' "
            "that the manifest and the data describe; it is not sent"
        )
    return facts
