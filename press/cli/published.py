"""Say what a publish did or would do: a report in, words for a person or JSON for a program out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.deliver.publish import PublishResult
    from press.problems import PressError

ACTIONS = ("send", "replace", "remove", "keep", "leave")
DONE = {"send": "sent", "replace": "replaced", "remove": "removed", "keep": "kept", "leave": "left"}


def shown(report: PublishResult) -> str:
    """Return *report* for a person: a plan file by file, or what was done in a line."""
    return "\n".join([*_lines(report), _summary(report)])


def as_json(report: PublishResult) -> str:
    """Return *report* for a program."""
    told = {
        "status": report.status,
        "target": report.target,
        "release": report.release,
        "dry_run": report.dry,
        **{action: _files(report, action) for action in ACTIONS},
        "changed": [step.path for step in report.steps if step.changed],
        "bytes": _bytes(report),
        "message": "",
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def refused(error: PressError) -> str:
    """Return for a program why nothing could be done, or not all of it."""
    told = {"status": error.status, "problems": [], "message": str(error)}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _files(report: PublishResult, action: str) -> list[dict[str, str | int]]:
    return [
        {"path": step.path, "size": step.size} for step in report.steps if step.action == action
    ]


def _lines(report: PublishResult) -> Iterator[str]:
    for step in report.steps:
        if report.dry and step.action in {"send", "replace"}:
            yield f"{step.action:<8}{kilobytes(step.size):>8}  {step.path}"
        elif report.dry and step.action == "remove":
            yield f"remove            {step.path}"
        if step.action == "leave":
            yield (
                f"{step.path} is no longer part of the site, but was changed at the target, and is left; "
                "look at it, and remove it there"
            )
        elif step.changed:
            yield f"{step.path} was changed at the target since it was published"


def _summary(report: PublishResult) -> str:
    counts = {action: len(_files(report, action)) for action in ACTIONS}
    if not report.dry and not any(counts[action] for action in ("send", "replace", "remove")):
        return f"{report.target} holds {report.release} already; nothing was sent"
    words = {action: action for action in ACTIONS} if report.dry else DONE
    told = ", ".join(
        f"{words[action]} {counts[action]}" if report.dry else f"{counts[action]} {words[action]}"
        for action in ACTIONS
        if counts[action]
    )
    start = "dry run, nothing was changed: would" if report.dry else f"published {report.release}:"
    return f"{start} {told}; {kilobytes(_bytes(report))}: {report.target}"


def _bytes(report: PublishResult) -> int:
    return sum(step.size for step in report.steps if step.action in {"send", "replace"})


def kilobytes(size: int) -> str:
    """Return *size* in kB, rounded up."""
    return f"{-(-size // 1000)} kB"
