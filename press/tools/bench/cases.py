"""Measure each case in turns, in which Press and the others follow one another."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from press.problems import counted
from press.tools.bench import content, goals, previewing
from press.tools.bench.content import Bench
from press.tools.bench.peers import PEERS, Means, Peer, check, lay_out
from press.tools.bench.spending import Spent, spent
from press.tools.bench.timing import Timing, timing

Progress = Callable[[int, int, str], None]
Turns = list[tuple[Spent, Spent]]

COLD = 40  # briefs that are built cold for one figure, at most
FULL = 25  # briefs, after which memory should not grow
MANY = 100  # briefs, from which on a run is about that alone, and a check is measured
LONG = (0, 3, 14)  # how often evidence comes again, for briefs of 4, 25 and 100 pages


def bench(means: Means, counts: Sequence[int], rounds: int, progress: Progress) -> list[Timing]:
    """Time builds of as many briefs as each of *counts* says, in *rounds* turns, and what else has a goal.

    Raises:
        ConfigurationError: a command that is measured fails, or another tool's PDF lacks what it should have.
    """
    rows: list[Timing] = []
    total, few, place = len(counts) + 1, min(rounds, 3), None
    with content.scratch() as folder:
        for done, count in enumerate(counts):
            progress(done, total, f"builds of {counted(count, 'brief')}")
            measured = content.prepared(means.root, folder / str(count), count)
            there = lay_out(measured, means)
            rows += cold(measured, means, there, max(1, min(rounds, COLD // count)))
            rows += [edited(measured, means, rounds), *unchanged(measured, rounds)]
            if count < MANY:
                place = measured
            else:
                rows.append(checked(measured))
        progress(total - 1, total, "workers, previews, long briefs")
        if place:
            rows += [workers(place, few), *previewed(place, rounds)]
            rows.append(long_page(means.root, folder, few))
    return [*rows, *more_memory(rows)]


def cold(place: Bench, means: Means, there: Sequence[Peer], rounds: int) -> Iterator[Timing]:
    """Yield the comparisons of a build that finds nothing kept with each of the peers that are *there*."""
    turns: dict[Peer, Turns] = {peer: [] for peer in there}
    for turn in range(rounds):
        ours = place.cold("build")
        for peer in there:
            turns[peer].append((ours, spent(peer.command(place, means), place.root)))
            if not turn:
                check(place, peer)
    for peer, pairs in turns.items():
        sizes = (size(place.root / "build", place.briefs), size(peer.pdfs(place), place.briefs))
        yield timing("cold", len(place.briefs), peer.name, pairs, sizes)


def size(folder: Path, briefs: Sequence[str]) -> int:
    """Return how many kB the PDFs of *briefs* have that lie below *folder*."""
    files = [path for path in folder.rglob("*.pdf") if path.stem in briefs]
    return round(sum(path.stat().st_size for path in files) / 1000)


def edited(place: Bench, means: Means, rounds: int) -> Timing:
    """Return the comparison of a build after an edit with the plain script, which prints that brief alone."""
    plain, turns = PEERS[0].command(place, means, place.briefs[:1]), []
    for _ in range(rounds):
        place.edit()
        turns.append((place.run("build"), spent(plain, place.root)))
    return timing("one block edited", len(place.briefs), f"{goals.PLAIN}, that brief", turns)


def unchanged(place: Bench, rounds: int) -> Iterator[Timing]:
    """Yield the comparisons of builds with nothing to do, of all briefs and of one."""
    one = ("build", "--audience", place.briefs[0])
    for name, words in (("unchanged", ("build",)), ("unchanged, one audience", one)):
        turns = []
        for _ in range(rounds):
            place.run("build")  # as people do: one brief after all of them
            turns.append((place.run(*words), place.run("--list")))
        yield timing(name, len(place.briefs), goals.LISTING, turns)


def workers(place: Bench, rounds: int) -> Timing:
    """Return the comparison of a cold build by two workers with one by one."""
    turns = [
        (place.cold("build", "--jobs", "2"), place.cold("build", "--jobs", "1"))
        for _ in range(rounds)
    ]
    return timing("cold, two workers", len(place.briefs), "one worker", turns)


def previewed(place: Bench, rounds: int) -> Iterator[Timing]:
    """Yield how long an edit takes to the page of a preview and to its picture of the PDF; only time is measured."""
    waits = [[Spent(seconds, 0, 0) for seconds in each] for each in previewing.edits(place, rounds)]
    pages = [(page, Spent(0.1, 0, 0)) for page, _, _ in waits]
    yield timing("preview: edit to HTML", len(place.briefs), goals.PAGE_SHOWN, pages)
    pictures = [(picture, warm) for _, picture, warm in waits]
    yield timing("preview: edit to picture", len(place.briefs), goals.WARM, pictures)


def long_page(root: Path, folder: Path, rounds: int) -> Timing:
    """Return the comparison of what a page more takes in a long brief with what it takes in a short one."""
    places = [content.lengthened(root, folder / f"times-{times}", times) for times in LONG]
    turns = []
    for _ in range(rounds):
        builds = [(place.cold("build"), len(place.page_texts(place.briefs[0]))) for place in places]
        short, long = (
            Spent((more.wall - less.wall) / pages, (more.cpu - less.cpu) / pages, more.memory)
            for (less, few), (more, many) in pairwise(builds)
            for pages in (many - few,)
        )
        turns.append((long, short))
    return timing("a page more of a long brief", 1, "a page more of a short one", turns)


def checked(place: Bench) -> Timing:
    """Return what it takes to check many briefs."""
    turns = [(place.cold("check", "--no-print"), Spent(0, 20, 0))]
    return timing("check, without prints", len(place.briefs), goals.CHECKING, turns)


def more_memory(rows: Sequence[Timing]) -> Iterator[Timing]:
    """Yield by how much a brief more needs more memory, from *rows* of cold builds: in the process where it is most."""
    peaks = {row.briefs: row.press for row in rows if row.name == "cold" and row.briefs >= FULL}
    for (fewer, less), (more, most) in pairwise(sorted(peaks.items())):
        growth = max(most.memory - less.memory, most.first - less.first) / (more - fewer)
        turns = [(Spent(0, 0, growth), Spent(0, 0, 0.02))]
        yield timing("memory of a brief more", more, goals.ROOM, turns)
