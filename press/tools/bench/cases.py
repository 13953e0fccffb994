"""Measure each case in turns, in which Press and the others follow one another."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product
from pathlib import Path
from tempfile import TemporaryDirectory

from press.tools.bench import content, goals, mailing, previewing
from press.tools.bench.content import Bench
from press.tools.bench.peers import PEERS, Means, Peer, check, lay_out
from press.tools.bench.spending import Spent, spent
from press.tools.bench.timing import Timing, timing

Progress = Callable[[int, int, str], None]
Turns = list[tuple[Spent, Spent]]

COLD = 40  # briefs that are built cold for one figure, at most
READERS = 500  # of a mailing
FULL = 25  # briefs, after which memory should not grow
MANY = 100  # briefs, from which on a run is about that alone, and a check is measured


def bench(means: Means, counts: Sequence[int], rounds: int, progress: Progress) -> list[Timing]:
    """Time builds of as many briefs as each of *counts* says, in *rounds* turns, and what else has a goal.

    Raises:
        ConfigurationError: a command that is measured fails, or another tool's PDF lacks what it should have.
    """
    rows: list[Timing] = []
    total = len(counts) * (sum(not peer.lacks(means) for peer in PEERS) + 3) + 5
    with TemporaryDirectory(prefix="press-bench-") as folder:
        for row in _rows(means, counts, rounds, Path(folder)):
            rows.append(row)
            progress(len(rows), total, f"{row.name}, {row.briefs} briefs")
    return [*rows, *more_memory(rows)]


def _rows(means: Means, counts: Sequence[int], rounds: int, folder: Path) -> Iterator[Timing]:
    """Yield all comparisons but that of memory, which follows from them."""
    places = []
    for count in counts:
        place = content.prepared(means.root, folder / str(count), count)
        yield from cold(place, means, lay_out(place, means), max(1, min(rounds, COLD // count)))
        yield edited(place, means, rounds)
        yield from unchanged(place, rounds)
        if count < MANY:
            places.append(place)
        else:
            yield checked(place)
    if places:
        few = min(rounds, 3)
        yield workers(places[-1], few)
        yield from previewed(places[-1], rounds)
        yield mailed(places[-1], rounds)
        yield long_page(means.root, folder, few)


def cold(place: Bench, means: Means, there: Sequence[Peer], rounds: int) -> Iterator[Timing]:
    """Yield the comparisons of a build that finds nothing kept with each of the peers that are *there*."""
    turns: dict[Peer, Turns] = {peer: [] for peer in there}
    for turn, peer in product(range(rounds), there):
        if peer is there[0]:
            place.forget()
            ours = place.run("build")
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
    for name, words in (
        ("unchanged", ("build",)),
        ("unchanged, one audience", ("build", "--audience", place.briefs[0])),
    ):
        turns = []
        for _ in range(rounds):
            place.run("build")  # as people do: one brief after all of them
            turns.append((place.run(*words), place.run("--list")))
        yield timing(name, len(place.briefs), goals.LISTING, turns)


def workers(place: Bench, rounds: int) -> Timing:
    """Return the comparison of a cold build by two workers with one by one."""
    turns = []
    for _ in range(rounds):
        sides = []
        for jobs in ("2", "1"):
            place.forget()
            sides.append(place.run("build", "--jobs", jobs))
        turns.append((sides[0], sides[1]))
    return timing("cold, two workers", len(place.briefs), "one worker", turns)


def previewed(place: Bench, rounds: int) -> Iterator[Timing]:
    """Yield how long an edit takes to the page of a preview and to its picture of the PDF; only time is measured."""
    waits = [[Spent(seconds, 0, 0) for seconds in each] for each in previewing.edits(place, rounds)]
    shown = [(page, Spent(0.1, 0, 0)) for page, _, _ in waits]
    yield timing("preview: edit to HTML", len(place.briefs), goals.PAGE_SHOWN, shown)
    pictures = [(picture, warm) for _, picture, warm in waits]
    yield timing("preview: edit to picture", len(place.briefs), goals.WARM, pictures)


def mailed(place: Bench, rounds: int, readers: int = READERS) -> Timing:
    """Return the comparison of a mailing to so many *readers*; its name says how many of them a second."""
    audience = place.briefs[0]
    send = ["send", "--audience", audience, "--to", str(place.root / "readers.csv")]
    send += ["--draft", "--really", "--readers", str(readers)]
    turns = []
    with mailing.serving() as port:
        place.run("build")  # a preview may have edited
        script = mailing.lay_out(place.root, port, audience, readers)
        place.run("release", "--draft", "--uncommitted")
        for _ in range(rounds):
            for path in (place.root / "releases").glob("*.ledger.sqlite"):
                path.unlink()
            turns.append((place.run(*send), spent(script, place.root)))
    return timing(f"mail to {readers}", 1, "plain script", turns)


def long_page(root: Path, folder: Path, rounds: int) -> Timing:
    """Return the comparison of a page of a long brief with one of a short brief.

    That is what a cold build takes more than a check without prints, for each page.
    """
    places = []
    for name, groups in (("long", content.LONG), ("short", 0)):
        places.append(content.copied(root, folder / name, 1))
        content.lengthen(places[-1], groups)
    turns = []
    for _ in range(rounds):
        sides = []
        for place in places:
            place.forget()
            checked, built = place.run("check", "--no-print"), place.run("build")
            pages = content.pages(place)
            wall, cpu = built.wall - checked.wall, built.cpu - checked.cpu
            sides.append(Spent(wall / pages, cpu / pages, built.memory))
        turns.append((sides[0], sides[1]))
    return timing("a page of a long brief", 1, "a page of a short one", turns)


def checked(place: Bench) -> Timing:
    """Return what it takes to check many briefs."""
    spent_of = place.run("check", "--no-print")
    fixed = (spent_of, Spent(0, 20, 0))
    return timing("check, without prints", len(place.briefs), goals.CHECKING, [fixed])


def more_memory(rows: Sequence[Timing]) -> Iterator[Timing]:
    """Yield by how much a brief more needs more memory, from *rows* of cold builds: in the process where it is most."""
    peaks = {row.briefs: row.press for row in rows if row.name == "cold" and row.briefs >= FULL}
    for (fewer, less), (more, most) in pairwise(sorted(peaks.items())):
        growth = max(most.memory - less.memory, most.first - less.first) / (more - fewer)
        turns = [(Spent(0, 0, growth), Spent(0, 0, 0.02))]
        yield timing("memory of a brief more", more, goals.ROOM, turns)
