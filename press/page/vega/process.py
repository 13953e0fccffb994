"""Draw the specifications on standard input, one a line; answer each with a drawing or a fault. The gate to Vega.

This process runs a JavaScript engine, which may hang or crash: its parent limits its time, and
starts another. It reaches no file and no network: a specification contains its data, and addresses are refused.
"""

import json
import os
import resource
import sys
from typing import Any

SECONDS = 60  # of the processor, for one drawing: an orphan that hangs ends
FIRST = {
    "mark": "point"
}  # drawn before anything is asked for: the first drawing takes ten times as long


def main(faces: str) -> None:
    """Draw until standard input ends."""
    _limit()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import vl_convert  # noqa: PLC0415 - the limits hold for it too

    vl_convert.register_font_directory(faces)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints is no answer
    draw(vl_convert, FIRST)
    for line in sys.stdin:
        _limit()
        answers.write(json.dumps(draw(vl_convert, json.loads(line))) + "\n")
        answers.flush()


def _limit() -> None:
    """Give this process SECONDS more of the processor; at their end it dies."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    more = int(used.ru_utime + used.ru_stime) + SECONDS
    if most != resource.RLIM_INFINITY:
        more = min(more, most)
    resource.setrlimit(resource.RLIMIT_CPU, (more, most))


def draw(engine: Any, spec: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - a module
    """Return the drawing of *spec* and its scene, or the fault that prevents it."""
    try:
        vega = engine.vegalite_to_vega(spec, vl_version="6.4")
        return {
            "svg": engine.vega_to_svg(vega, allowed_base_urls=[]),
            "scene": engine.vega_to_scenegraph(vega, allowed_base_urls=[]),
        }
    except ValueError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return {"fault": lines[1] if len(lines) > 1 else lines[0]}


if __name__ == "__main__":
    main(sys.argv[1])
