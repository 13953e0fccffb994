"""Draw figures: write a Vega-Lite specification for each drawing, and turn what Vega draws into SVG for a page.

No address leads out of a specification: its data are the values of the edition. Vega runs in processes of its own.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from press.content.model.maps import Atlas
from press.edition.edition import Edition, Figure
from press.page.colours import palette
from press.page.figures import finished, scene, scene_faults
from press.page.figures.forms import FORMS
from press.page.figures.front import room
from press.page.figures.theme import NARROW, WIDE, Ruler, Slot, config
from press.page.figures.vega_svg import DrawingRefusedError, clean
from press.page.vega import workers
from press.page.vega.workers import Drawers, Drawing

MOST_FAULTS = 3  # of one drawing: the rest follow from them
NO_MAPS: Mapping[str, Atlas] = MappingProxyType({})
FRONT = "figure"  # the section that has the column of page 1


@dataclass(frozen=True, slots=True)
class Commission:
    """One drawing to be made."""

    block: str
    narrow: bool
    spec: str  # JSON
    alternative: str
    accent: str

    @property
    def name(self) -> str:
        """The name by which a page asks for it."""
        return f"{self.block}/{'narrow' if self.narrow else 'wide'}"


def commissions(
    edition: Edition, faces: Path, maps: Mapping[str, Atlas] = NO_MAPS
) -> Iterator[Commission]:
    """Yield the drawings of *edition*, set in *faces*, with *maps* by their files.

    A figure has one for page 1, else one for paper and one for small screens.
    """
    colours, ruler = palette(edition.accent), Ruler(faces)
    day = dt.date.fromisoformat(edition.release)
    until = round(day.year + (day.month - 1) / 12, 2)
    for section in edition.sections:
        front = section.name == FRONT
        for figure in (block for block in section.blocks if isinstance(block, Figure)):
            if not (write := FORMS[figure.form].spec):
                continue
            for width in (NARROW,) if front else (WIDE, NARROW):
                atlas = maps[figure.map.file] if figure.map else None
                slot = Slot(
                    width, front, colours, edition.language, until, edition.released, ruler, atlas
                )
                if front:
                    slot = replace(slot, room=room(edition, figure, ruler))
                spec = {**write(figure, slot), "config": config(colours)}
                text = json.dumps(spec, sort_keys=True, ensure_ascii=False)
                yield Commission(
                    figure.id, width == NARROW, text, figure.alternative, edition.accent
                )


def draw(
    commissions: Sequence[Commission], jobs: int, faces: Path, drawers: Drawers | None = None
) -> Iterator[Drawing]:
    """Yield the drawing of each of *commissions*, in order, by *drawers* or by *jobs* new processes."""
    specs = [commission.spec for commission in commissions]
    drawn = drawers.draw(specs) if drawers else workers.draw(specs, jobs, faces)
    for commission, drawing in zip(commissions, drawn, strict=True):
        try:
            svg = "" if drawing.fault else finish(commission, drawing, faces)
            yield Drawing(svg, drawing.fault)
        except DrawingRefusedError as error:
            yield Drawing(fault=str(error))


def finish(commission: Commission, drawing: Drawing, faces: Path) -> str:
    """Return what Vega drew as SVG for a page; *faces* say how much room its words take.

    Raises:
        DrawingRefusedError: it has more than marks and words in our colours, or shows something else than the data.
    """
    colours, ruler = palette(commission.accent), Ruler(faces)
    names = {colour: name for name, colour in asdict(colours).items()}
    svg = clean(drawing.svg, names, commission.alternative, ruler)
    spec, marks = json.loads(commission.spec), [*scene.marks(drawing.scene)]
    free = "data" in spec
    faults = dict.fromkeys(
        [*scene_faults.faults(spec, marks), *finished.faults(svg, marks, colours, ruler, free=free)]
    )
    if faults:
        raise DrawingRefusedError("; ".join(islice(faults, MOST_FAULTS)))
    return svg
