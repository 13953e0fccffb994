"""Work out what is derived from several numbers, such as '(48 - 7) / 48 * 100', and in which unit."""

import ast
import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from itertools import combinations_with_replacement

from press.content.quantity import Quantity, parse

OPERAND = r"[0-9]{1,15}(?:\.[0-9]{1,9})?(?: (?:thousand|million|billion|trillion))?%?"
OTHER = str.maketrans("0123456789", "1234567891")
SIGNS = str.maketrans("−×÷", "-*/")
MOST_PLACES, WHOLE = 9, 100
PERCENT, RATIO = "percent", "a ratio"


class SumError(Exception):
    """A sum that can't be worked out, and why."""


def operands(typed: str) -> list[str]:
    """Return the numbers of a sum, in order."""
    return re.findall(OPERAND, typed)


def added(typed: str) -> str:
    """Return how a sum joins its numbers if it only adds or subtracts: '+', '-', '+-', or else ''."""
    signs = set(re.findall(r" ([-+*/]) ", typed.translate(SIGNS)))
    return "" if signs & {"*", "/"} else "".join(sorted(signs))


def result(typed: str, units: Mapping[str, str]) -> tuple[Fraction, str]:
    """Return what a sum comes to, and its unit or '', given those of its numbers. In a product 48% is 0.48.

    Raises:
        SumError: it can't be worked out, divides by zero, or adds different units.
    """
    numbers = iter(operands(typed))

    def worked(tree: ast.expr) -> tuple[Fraction, str]:
        if not isinstance(tree, ast.BinOp):
            read = parse(number := next(numbers)) or Quantity("0")
            return read.low, PERCENT if read.percent else units.get(number, "")
        (left, one), (right, other) = worked(tree.left), worked(tree.right)
        if isinstance(tree.op, ast.Add | ast.Sub):
            sure = (one and other) or (PERCENT in {one, other} and WHOLE not in {left, right})
            if one != other and sure:
                what = f"{one or 'a number'} and {other or 'a number'} do not add up"
                raise SumError(f"{what}; work with one unit")
            return left + right if isinstance(tree.op, ast.Add) else left - right, one or other
        if isinstance(tree.op, ast.Mult) and one and other and PERCENT not in {one, other}:
            raise SumError(f"{one} times {other} is no amount; multiply by a plain number")
        ratio = isinstance(tree.op, ast.Div) and one == other != ""
        left, right = (
            amount / 100 if unit == PERCENT and not ratio else amount
            for amount, unit in ((left, one), (right, other))
        )
        worth = left * right if isinstance(tree.op, ast.Mult) else left / right
        return worth, RATIO if ratio else ""

    try:
        return worked(ast.parse(re.sub(OPERAND, "n", typed.translate(SIGNS)), mode="eval").body)
    except SyntaxError:
        raise SumError(f"'{typed}' can't be worked out; open and close each bracket") from None
    except ZeroDivisionError:
        raise SumError(f"'{typed}' divides by zero; correct it") from None


def idle(typed: str) -> str:
    """Return a number of a sum that could be any other, as 8 in '40 + 8 - 8', or ''."""
    pieces = re.split(f"({OPERAND})", typed)
    for pair in combinations_with_replacement(range(1, len(pieces), 2), 2):
        if len({pieces[at] for at in pair}) == 1:
            other = pieces[pair[0]].translate(OTHER)
            changed = "".join(other if at in pair else each for at, each in enumerate(pieces))
            with suppress(SumError):
                if result(changed, {})[0] == result(typed, {})[0]:
                    return pieces[pair[0]]
    return ""


def quantity(typed: str, round_to: int | None) -> Quantity:
    """Return what a sum comes to in digits; scales stay where all numbers have the same, and are added.

    Raises:
        SumError: it can't be worked out, or is no decimal, and it is not said how to round it.
    """
    read = [each for each in map(parse, operands(typed)) if each]
    scales = {each.scale for each in read}
    scale = scales.pop() if len(scales) == 1 and added(typed) else ""
    amount = result(typed, {})[0] / (Quantity("1", scale=scale).low)
    places = max(len(each.first.partition(".")[2]) for each in read) if added(typed) else 0
    exact = (
        each for each in range(places, MOST_PLACES + 1) if (amount * 10**each).denominator == 1
    )
    if (wanted := round_to if round_to is not None else next(exact, None)) is None:
        raise SumError(f"'{typed}' comes to {float(amount):g}…; say to how many places: 'round: 1'")
    shown = int(abs(amount) * 10**wanted + Fraction(1, 2))  # a half goes up
    sign = "-" if amount < 0 and shown else ""
    return Quantity(f"{sign}{Decimal(shown).scaleb(-wanted):f}", scale=scale)
