"""List the forms of figure: one row each, with the function that draws it.

A new form is a field of `FigureBlock` in `press/content/model/blocks.py`, a row here, its function, and an example in
`templates/blocks/figure/`. Without the row or the field nothing can be imported.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from press.content.model.blocks import FigureBlock
from press.edition.edition import Figure
from press.page.figures import author_spec, bar_charts, comparisons, intervals, line_charts, maps
from press.page.figures.theme import Slot
from press.problems import ConfigurationError


@dataclass(frozen=True)
class Form:
    """What holds for a form of figure."""

    spec: Callable[[Figure, Slot], dict[str, Any]] | None  # None: it is text, and stays text
    to_scale: bool = True  # lengths or places stand for values


FORMS: Mapping[str, Form] = {
    "parts": Form(bar_charts.parts),
    "share": Form(bar_charts.share),
    "bars": Form(bar_charts.bars),
    "grouped": Form(bar_charts.grouped),
    "line": Form(line_charts.chart),
    "then_now": Form(comparisons.then_now),
    "target": Form(comparisons.target),
    "intervals": Form(intervals.chart),
    "tiles": Form(None, to_scale=False),
    "timeline": Form(bar_charts.timeline, to_scale=False),
    "map": Form(maps.chart, to_scale=False),
    "spec": Form(author_spec.chart),
}
if odd := set(FORMS) ^ set(FigureBlock.forms):
    raise ConfigurationError(
        f"a form of figure needs a field in FigureBlock and a row in FORMS: {', '.join(sorted(odd))}"
    )
