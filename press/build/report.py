"""Report on each edition: its evidence, and how far it keeps the rules."""

from collections import Counter
from collections.abc import Mapping

from press.build.build_result import Coverage, Report
from press.build.editions import Product
from press.build.prints import standard_of
from press.build.score import ROWS
from press.build.stages import Name
from press.checks import layout
from press.content.library import Library
from press.content.model import Brief
from press.content.model.releases import Score

RESTRICTED = ("background", "do_not_use")


def reports(product: Product) -> tuple[Report, ...]:
    """Return a report on each edition that could be made."""
    scored = scores(product)
    return tuple(_report(product, name, scored[name]) for name in product.finished)


def scores(product: Product) -> dict[Name, Score]:
    """Return how far each edition keeps the rules."""
    return {name: _score(product, name) for name in product.finished}


def coverage(product: Product) -> tuple[Coverage, ...]:
    """Return what becomes of the claims of each topic, in the order of their names."""
    library = product.library
    printed: dict[str, set[str]] = {}
    for (_, brief), made in product.finished.items():
        printed.setdefault(brief, set()).update(note.claim for note in made.edition.notes)
    topics: dict[str, list[str]] = {}
    for claim in library.claims:
        topics.setdefault(library.topic(claim), []).append(str(claim))
    return tuple(_of_topic(library, *topic, printed) for topic in sorted(topics.items()))


def verified(product: Product) -> dict[str, str]:
    """Return when the passages of each source were compared with its text; '' of those that never were."""
    sources = product.library.sources.items()
    return {
        str(name): source.verified.day.isoformat() if source.verified else ""
        for name, source in sources
    }


def _of_topic(
    library: Library, topic: str, keys: list[str], printed: Mapping[str, set[str]]
) -> Coverage:
    left = set(keys).difference(*printed.values())
    restricted = sum(library.claims[claim].use in RESTRICTED for claim in left)
    counts = {brief: len(used.intersection(keys)) for brief, used in printed.items()}
    return Coverage(topic, len(keys), counts, restricted, len(left) - restricted)


def _report(product: Product, name: Name, score: Score) -> Report:
    library, finished = product.library, product.finished[name]
    claims = [library.claims[note.claim] for note in finished.edition.notes]
    return Report(
        *name,
        by_basis=dict(sorted(Counter(claim.basis for claim in claims).items())),
        by_use=dict(sorted(Counter(claim.use for claim in claims).items())),
        score=score,
        set_aside=tuple(_set_aside(library, library.briefs[name[1]])),
    )


def _score(product: Product, name: Name) -> Score:
    """Return how far an edition keeps the rules: what the checks have counted, its limits, and its breaches."""
    library, finished = product.library, product.finished[name]
    standard, made = standard_of(library, finished.printed.page), finished.printed.print
    counts = {**product.counts(name)}
    if made:
        counts |= layout.highest(standard, made.facts)
    forms = {"words": "brief", "short_words": "short"}
    counts |= {name: finished.words[form] for name, form in forms.items() if form in finished.words}
    problems = product.by_edition.get(name, ())
    return Score(
        {each: round(counts[each], 1) for each in ROWS if each in counts},
        {each: standard.limits[each] for each in ROWS if each in standard.limits},
        dict(sorted(Counter(problem.rule for problem in problems).items())),
    )


def _set_aside(library: Library, brief: Brief) -> list[str]:
    blocks = [block for _, ids in brief.sections for block in ids if block in library.blocks]
    return [
        *(
            f"{block}: {aside.rule} ({aside.reason}; {aside.by})"
            for block in blocks
            for aside in library.blocks[block].allow
        ),
        *(f"{claim}: unqualified ({why})" for claim, why in brief.unqualified.items()),
    ]
