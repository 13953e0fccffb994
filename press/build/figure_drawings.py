"""Draw the figures of editions; each drawing is made once and kept by its key."""

from collections.abc import Iterable

from press.build.keys import drawing_key
from press.build.stages import Means
from press.page import figures
from press.page.figures import Commission
from press.page.vega.workers import Drawing
from press.print.pool import usable_processors


def draw(means: Means, commissions: Iterable[Commission]) -> dict[Commission, Drawing]:
    """Return the drawing of each of *commissions*; one that two editions show is made once.

    Raises:
        OutputError: the store may not be written.
    """
    keys = {asked: drawing_key(asked, means.dependencies) for asked in commissions}
    store = means.store
    kept = {key: store.get(key) for key in dict.fromkeys(keys.values())}
    drawings = {key: Drawing(data.decode()) for key, data in kept.items() if data is not None}
    missing = {key: asked for asked, key in keys.items() if key not in drawings}
    jobs, faces = means.jobs or usable_processors(), means.folders.fonts
    drawn = figures.draw([*missing.values()], jobs, faces, means.drawers)
    for key, drawing in zip(missing, drawn, strict=True):
        drawings[key] = drawing
        if drawing.svg:
            store.put(key, drawing.svg.encode())
    return {asked: drawings[key] for asked, key in keys.items()}
