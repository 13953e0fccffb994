"""Values and marks in the sentences of a source, as its claims name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.content.quantity import parse
from press.ingest.marks import marks_of, references
from press.ingest.values import values


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It rose in 3,5 times over the last 5 years.", ["3.5 times", "5 years"]),
        ("At least 6-7% of crimes, over 60 per cent of them.", ["at least 6-7%", "more than 60%"]),
        (
            "From 500 to 2,500 people, between 5 and 7 sites.",
            ["500 people", "2500 people", "between 5 and 7 sites"],
        ),
        ("Twenty seven channels, three hundred and fifty gates.", ["27 channels", "350 gates"]),
        ("A third of them and two thirds, half of all.", ["1/3", "2/3", "1/2"]),
        ("Doctors in three districts report that gates rust.", ["3 districts"]),
        ("1 in 4 men, one in five.", ["1 in 4 men", "1 in 5"]),
        ("US$2.5 million in 2019, EUR 3 billion.", ["USD 2.5 million", "2019", "EUR 3 billion"]),
        ("RR 0.50 (95% CI 0.40–0.62), p<0.001.", ["0.50 (95% CI 0.40 to 0.62)", "p < 0.001"]),
        ("A fall of −3.2 points from 2011–2012.", ["-3.2 points", "2011-2012"]),
        ("CADAP-5, COVID-19, drugs.4 The law,7 one of them.", []),
        (
            "The tension tended to last; billions, all 15 gates, 2 PC gates.",
            ["15 gates", "2 PC gates"],
        ),
        ("Gates at 30 and 60 W, from 5 to 7%, 5% to 7%.", ["30", "60 W", "5%", "7%", "5-7%"]),
        (
            "–0.37 (95% CI –0.62 to –0.06), 0.02 mg/day [95% CI: -4.25, 4.3], 1 (95% CI 2 to 0)",
            ["-0.37 (95% CI -0.62 to -0.06)", "0.02 (95% CI -4.25 to 4.3) mg/day", "2", "0", "1"],
        ),
        ("2.1 Gates for (1) men and (2) women, Table 2, Figures 3 and 4 (95% CI).", []),
        (
            "Lasting over 8-12 weeks, over 8 gates. C.S.C. 5",
            ["8-12 weeks", "more than 8 gates", "5"],
        ),
        (
            "More than half of 1,949 people, about two thirds, g = −.25 [−0.42, −.08], 4.5 [2.1, 9.0].",
            [
                "more than 1/2",
                "1949 people",
                "about 2/3",
                "-0.25 (CI -0.42 to -0.08)",
                "4.5 (CI 2.1 to 9.0)",
            ],
        ),
        ("A median of 4.5 [2.1, 9.0] gates [3, 4].", ["2.1", "9.0", "4.5"]),
        (
            "Call +44 20 7946 0958, see doi:10.1002/14651858.x5, Q(17) = 3 of Table A-1 (Analysis 1.2).",
            ["3"],
        ),
        (
            "12.4 per 1,000 (95% CI, 10.1–15.2) cost £3.2m and €2bn, 5m away.",
            ["12.4", "10.1", "15.2", "1000", "GBP 3.2 million", "EUR 2 billion", "5"],
        ),
        ("5-HT2A and MDMB-4en, of A-1 Club.", []),
        ("61 people reported them, 12 listed gates should open.", ["61 people", "12 listed gates"]),
        (
            "1.18, 95% confidence interval (CI) 1.05 to 1.33; 0.5, 95% CI [.4, .6], p = .04.",
            ["1.18 (95% CI 1.05 to 1.33)", "0.5 (95% CI 0.4 to 0.6)", "p = 0.04"],
        ),
        (
            "7 000 gates, not less than 30%, nearly 1.5 million.",
            ["7000 gates", "at least 30%", "about 1.5 million"],
        ),
        ("Elm 62 300 8.6 and 1 204 845 gates", ["62", "300", "8.6", "1204845 gates"]),
        (
            "Adults (>=18 years, k<=4, P <= .05, ⩾3 gates) for €3m p.a.",
            ["at least 18 years", "at most 4", "p ≤ 0.05", "at least 3 gates", "EUR 3 million"],
        ),
        (
            "2½ times, ½ of them, 10¾%, 2⅓ and a ⅓ of gates.",
            ["2.5 times", "1/2", "10.75%", "7/3", "1/3"],
        ),
        (
            "IRR 3.05 (95% CI 2.4–3.9), IRR 20,000 in 2012, from USD 5 to 7 million.",
            ["3.05 (95% CI 2.4 to 3.9)", "IRR 20000", "2012", "USD 5 million", "USD 7 million"],
        ),
        (
            "Up from 984 in 2014 to more than 1,327 in 2018; one in 2000, 3 out of 2000 gates.",
            ["984", "2014", "more than 1327", "2018", "1 in 2000", "3 in 2000 gates"],
        ),
        (
            "12% in 2010 to 15% in 2014, 2,500 in 2010 to 3,100 in 2014, 2000 to 2500 gates, by 2010-2012, in 2018–19.",
            [
                "12%",
                "2010",
                "15%",
                "2014",
                "2500",
                "3100",
                "2000-2500 gates",
                "2010-2012",
                "2018-2019",
            ],
        ),
    ],
)
def test_a_value_is_read_with_its_bound_and_unit(words: str, found: list[str]) -> None:
    """As an author would type it; a number in a name and the number of a reference are none."""
    assert [" ".join(filter(None, each)) for each in values(words, "en")] == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("They are detected annually.1,2", ["1", "2"]),
        ("The UN Conventions,7 and others.", ["7"]),
        ("“Gates are open”.8", ["8"]),
        ("“It ended in 2012.”13 A door is 5” wide.", ["13"]),
        ("Gates rust [3, 4] and doors [9].", ["3", "4", "9"]),
        ("As others found (Elm 2012; Oak et al. 2014a).", ["Elm 2012", "Oak et al. 2014a"]),
        ("Gates rust.¹²,¹³ Doors are 5 m² wide (IQR [2–9]).", ["12", "13"]),
        ("It rose to 3.5 in 2012, by 5%.", []),
        (
            "Of 12 gates³ in 2012,⁴ 5%⁵ or 10³, 1,204⁶ rust (in 2019, March 2020).",
            ["3", "4", "5", "6"],
        ),
        (
            "Elm et al. (2019) and Oak (2020, p. 17) say so (see Ash, 2001; Yew & Box, 2003a, 2003b).",
            [
                "Elm et al. 2019",
                "Oak 2020",
                "see Ash 2001",
                "Yew & Box 2003a",
                "Yew & Box 2003b",
            ],
        ),
        ("In Osh (2019) and at doi:10.1002/5 nothing rusts (in 2012) (March 2013).", []),
    ],
)
def test_a_mark_is_no_number(words: str, found: list[str]) -> None:
    """Glued to its word, in brackets, or a name with a year."""
    assert list(references(words)) == found


def test_round_brackets_hold_marks_where_a_text_counts_its_references_so() -> None:
    """Behind a number they hold a share, and in a text of few they hold counts."""
    text = "".join(f"Gates rust ({number}, {number + 1}). " for number in range(1, 9))
    sentence = "Of men 15 (60) left (12-14)."
    assert references(sentence, marks_of(text)) == ("12-14",)
    assert [each.value for each in values(sentence, "en", marks_of(text))] == ["15", "60"]
    assert references(sentence, marks_of(sentence)) == ()


@given(st.text(alphabet="0123456789.,-–% ()/<>≤pCI95US$€onetwo thirdhundred and", max_size=40))
def test_what_is_found_can_be_read_as_a_value(words: str) -> None:
    """Whatever the text."""
    for found in values(words, "en"):
        assert parse(found.value)
