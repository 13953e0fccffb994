"""Say what sending or publishing a release came to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from press.cli.answers import Answer, kilobytes, table
from press.deliver.mail.distribution import OPEN
from press.problems import counted, errors, visible
from press.release.verify.published import kept_editions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from press.deliver.mail.mailing import Copy, SendResult
    from press.deliver.publish import PublishResult

HEAD = ("row", "address", "language", "file", "size", "how", "state", "answer")
UNCERTAIN = "unknown: these may or may not have arrived; ask the readers, or send again with --resend-unknown"
# what each step of a publish is called when it is done
DONE = {"send": "sent", "replace": "replaced", "remove": "removed", "keep": "kept", "leave": "left"}
CHANGES = {"send", "replace", "remove"}


def of_mailing(outcome: SendResult) -> Answer:
    """Return the answer of a run that sends a brief, or shows who would get it."""
    states = Counter[str](copy.state or "new" for copy in outcome.copies)
    facts = {
        "release": outcome.release,
        "audience": outcome.request.audience,
        "purpose": outcome.request.purpose,
        "really": outcome.request.really,
        "readers": len(outcome.chosen),
        "states": dict(sorted(states.items())),
        "copies": list(map(_facts, outcome.copies)),
        "written": outcome.written,
        "removed": outcome.removed,
    }
    text = "\n".join(_mailing_lines(outcome, states))
    return Answer(outcome.status, outcome.problems, text, facts, outcome.message)


def of_forgetting(ledgers: tuple[str, ...]) -> Answer:
    """Return the answer of a run that forgets a reader."""
    text = f"forgotten in {', '.join(ledgers)}; take the address out of your lists, too"
    return Answer(text=text, facts={"ledgers": ledgers})


def _mailing_lines(outcome: SendResult, states: Counter[str]) -> Iterator[str]:
    readers = counted(len(outcome.copies), "reader")
    summary = f"release {outcome.release}, {outcome.request.audience}: {readers}"
    if outcome.copies:
        yield table([HEAD, *map(_cells, outcome.copies)])
        languages = Counter(copy.edition.language for copy in outcome.copies)
        counts = (
            ", ".join(f"{name} {count}" for name, count in sorted(numbers.items()))
            for numbers in (languages, states)
        )
        summary += f" ({'; '.join(counts)})"
    yield summary
    if states["unknown"]:
        yield UNCERTAIN
    if outcome.written:
        yield f"written: {', '.join(outcome.written)}"
    if outcome.removed:
        yield f"removed, after keep_days: {', '.join(outcome.removed)}"
    yield from _mailing_end(outcome)


def _mailing_end(outcome: SendResult) -> Iterator[str]:
    """Yield what was done, or how to have it done."""
    readers = counted(len(outcome.chosen), "reader")
    if outcome.message:
        left = sum(copy.state in OPEN for copy in outcome.copies)
        yield f"stopped: {visible(outcome.message)}"
        yield f"{counted(left, 'reader')} left; the same command goes on"
    elif outcome.request.really:
        yield f"done: {readers} tried in this run"
    elif errors(outcome.problems):
        yield "nothing was sent, and nothing will be before the mistakes are fixed"
    elif not outcome.chosen:
        yield "nothing was sent: no reader is left"
    else:
        option = f"--really --readers {len(outcome.chosen)}"
        yield f"nothing was sent; {readers} would be sent to with {option}"


def _cells(copy: Copy) -> tuple[str, ...]:
    return (
        str(copy.reader.row),
        visible(copy.reader.address),
        copy.edition.language,
        visible(copy.edition.file_name),
        kilobytes(copy.edition.file.size),
        "linked" if copy.edition.link else "attached",
        copy.state or "new",
        visible(copy.answer),
    )


def _facts(copy: Copy) -> dict[str, Any]:
    return {
        "row": copy.reader.row,
        "address": copy.reader.address,
        "name": copy.reader.name,
        "language": copy.edition.language,
        "file": copy.edition.file.path,
        "size": copy.edition.file.size,
        "link": copy.edition.link,
        "state": copy.state or "new",
        "answer": copy.answer,
        "message_id": copy.message_id,
        "time": copy.time,
    }


def of_publish(result: PublishResult) -> Answer:
    """Return the answer of a publish, or of a dry run: then file by file."""
    files = dict[str, list[dict[str, object]]]((action, []) for action in DONE)
    for step in result.steps:
        files[step.action].append({"path": step.path, "size": step.size})
    size = sum(step.size for step in result.steps if step.action in {"send", "replace"})
    facts = {
        "target": result.target,
        "release": result.release,
        "dry_run": result.dry,
        **files,
        "stale": dict(result.stale),
        "changed": [step.path for step in result.steps if step.changed],
        "bytes": size,
    }
    return Answer(result.status, (), "\n".join(_publish_lines(result, size)), facts)


def _publish_lines(result: PublishResult, size: int) -> Iterator[str]:
    for step in result.steps:
        if result.dry and step.action in CHANGES:
            sent = "" if step.action == "remove" else kilobytes(step.size)
            yield f"{step.action:<8}{sent:>8}  {step.path}"
        if step.action == "leave":
            yield (
                f"{step.path} is no longer part of the site, but was changed at the target, and is left; "
                "look at it, and remove it there"
            )
        elif step.changed:
            yield f"{step.path} was changed at the target since it was published"
    yield from kept_editions(result.stale)
    counts = Counter[str](step.action for step in result.steps)
    order = [action for action in DONE if counts[action]]
    if result.dry:
        words = ", ".join(f"{action} {counts[action]}" for action in order)
        start = "dry run, nothing was changed: would"
    elif counts.keys() & CHANGES:
        words = ", ".join(f"{counts[action]} {DONE[action]}" for action in order)
        start = f"published {result.release}:"
    else:
        yield f"{result.target} holds {result.release} already; nothing was sent"
        return
    yield f"{start} {words}; {kilobytes(size)}: {result.target}"
