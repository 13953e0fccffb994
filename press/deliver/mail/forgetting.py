"""Forget readers: one who asks for it, or all of a release when the time for keeping them is over."""

from collections.abc import Collection, Iterator
from pathlib import Path

from press.deliver.mail import exports, ledger
from press.deliver.mail.addresses import parse_address
from press.ground import lock, paths
from press.ground.disk import remove
from press.problems import UsageError, visible


def forget(releases: Path, address: str) -> tuple[str, ...]:
    """Take the reader with this *address* out of all ledgers and their reports; return the ledgers that had it.

    Raises:
        UsageError: none has it.
        OutputError: a ledger or report could not be written.
    """
    try:
        key = parse_address(address)[1]
    except ValueError:  # an earlier version may have taken it
        key = address.casefold()
    found = []
    with lock.hold(releases / ".press", "send"):
        for release in ledger.releases_known(releases):
            with ledger.open_ledger(releases, release) as book:
                if book.forget(key):
                    exports.write_report(book)
                    found.append(paths.shown(book.path))
    if not found:
        raise UsageError(f"--forget: no ledger has '{visible(address)}'")
    return tuple(found)


def expire(releases: Path, before: float, kept: Collection[str]) -> Iterator[str]:
    """Remove the ledgers and reports that changed last *before* a time; yield their names.

    Those of the releases *kept* are needed by this run: without them, readers would get a second copy.
    """
    reported = releases.glob(f"*{exports.REPORT_SUFFIX}")
    names = {path.name.removesuffix(exports.REPORT_SUFFIX) for path in reported}
    for release in sorted({*ledger.releases_known(releases), *names}.difference(kept)):
        book, report = ledger.path_of(releases, release), exports.report_path(releases, release)
        entries = ledger.entries(releases, release).values()
        changed = 0.0 if book.exists() else report.stat().st_mtime
        if max((entry.time for entry in entries), default=changed) < before:
            for path in filter(Path.exists, (book, report)):
                remove(path)
                yield paths.shown(path)
