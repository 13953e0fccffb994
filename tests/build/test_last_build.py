"""What is remembered of a build: an answer that holds as long as nothing changes, and no other."""

from pathlib import Path
from typing import Literal

import pytest

from press.build.build_request import Request
from press.build.build_result import Outcome
from press.build.last_build import LastBuild, answered, remember, remembered
from press.problems import FAILED, Place, Problem
from tests.support.folders import apart


@pytest.mark.parametrize(
    ("rule", "severity", "holds"),
    [
        ("engine", "error", False),
        ("figure", "error", False),
        ("engine", "warning", True),
        ("reference", "error", True),
    ],
)
def test_what_a_process_broke_is_tried_again(
    tmp_path: Path, rule: str, severity: Literal["error", "warning"], *, holds: bool
) -> None:
    """The system may have ended it, or been too busy: the next build of the same content may be good."""
    request = Request(apart(tmp_path))
    problem = Problem(Place("blocks/red.yaml", 1, 1), "it crashed", rule, severity)
    told = Outcome(FAILED, (problem,), ())
    remember(request, LastBuild(), told, {problem: frozenset()})
    answer = answered(request, remembered(request))
    assert (answer is not None) == holds
