"""List the characters that the faces draw, in print and on screen, as spans of code points."""


def points(*spans: str) -> frozenset[int]:
    """Return the code points of *spans*, each "first-last" or a single one, in hexadecimal."""
    return frozenset(point for span in spans for point in _span(span))


def _span(span: str) -> range:
    first, _, last = span.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def spans(code_points: frozenset[int]) -> list[str]:
    """Return *code_points* as such spans, in order."""
    firsts = sorted(point for point in code_points if point - 1 not in code_points)
    lasts = sorted(point for point in code_points if point + 1 not in code_points)
    return [
        f"{a:04X}" if a == z else f"{a:04X}-{z:04X}" for a, z in zip(firsts, lasts, strict=True)
    ]


_BASIC = points("20-7E")
_LATIN_1 = points("A0-FF")
# The last ones: Romanian, Azerbaijani, Kazakh in Latin letters.
_LATIN_NAMES = points("100-17F", "18F", "218-21B", "259", "1F4-1F5")
_MODIFIERS = points("2BB-2BC", "2C6-2C7", "2D8-2DD")  # 2BB is a letter of Uzbek
_COMBINING = points("300-304", "306-308", "30A-30C", "326-328", "331")

_RUSSIAN = points("401", "410-44F", "451")
_KYRGYZ = points("4A2-4A3", "4AE-4AF", "4E8-4E9")
_UKRAINIAN = points("404", "406-407", "454", "456-457", "490-491")
_KAZAKH = points("492-493", "49A-49B", "4B0-4B1", "4BA-4BB", "4D8-4D9")
_UZBEK_TAJIK = points("40E", "45E", "4B2-4B3", "4B6-4B7", "4E2-4E3", "4EE-4EF")
_CYRILLIC = points("400-45F", "48A-48F", "490-4F9")

_SPACES = points("2002-2003", "2007", "2009-200A", "202F")
_PUNCTUATION = points(
    "2010-2015", "2018-201E", "2020-2022", "2026", "2030", "2032-2033", "2039-203A", "2044"
)
_SMALL_FIGURES = points("2070", "2074-208E", "2153-2154", "215B-215E")
_CURRENCIES = points("20AC", "20B4", "20B8", "20BD")
_SIGNS = points("2116", "2122", "2190-2195", "2713", "2717")
_MATHEMATICS = points(
    "2202", "2206", "220F", "2211-2212", "2215", "2219-221A", "221E", "2248", "2260", "2264-2265"
)
_SHAPES = points(
    "25A0-25A1", "25B2-25B3", "25B6-25B7", "25BC-25BD", "25C6-25C7", "25CA-25CB", "25CF"
)

_LETTERS = _BASIC | _LATIN_1 | _LATIN_NAMES | _MODIFIERS | _COMBINING | _CYRILLIC
_REST = _SPACES | _PUNCTUATION | _SMALL_FIGURES | _CURRENCIES | _SIGNS | _MATHEMATICS | _SHAPES
PRINT = _LETTERS | _REST

_SIGNS_ON_SCREEN = (
    points("A0", "A3", "A7", "A9", "AB", "AD", "B0-B3", "B7", "B9", "BB", "D7", "2070", "2074-2079")
    | points("2009", "2011", "2013-2014", "2018-201A", "201C-201E", "2022", "2026", "202F")
    | points("2039-203A", "2044", "20AC", "2116", "2192", "2212", "2248", "2260", "2264-2265")
    | points("25A0-25A1", "25B2-25B3", "25BD", "25C6", "25CA-25CB", "25CF")
)
_LATIN_ON_SCREEN = points(
    "C0-FF", "106-107", "10C-10D", "11E-11F", "130-131", "141-142", "15E-161", "17D-17E"
)

_CYRILLIC_ON_SCREEN = _RUSSIAN | _KYRGYZ | _UKRAINIAN | _KAZAKH | _UZBEK_TAJIK

# What most pages in English have: with that, half of a face is left.
_COMMON_SIGNS = (
    points("A0", "B0-B1", "B7", "D7", "2009", "2011", "2013-2014", "2018-2019", "201C-201D", "2026")
    | points("202F", "2044", "20AC", "2212", "2264-2265")
    | points("25A0-25A1", "25B2-25B3", "25BD", "25C6", "25CA-25CB", "25CF")
)

SCREEN = {
    "basic": _BASIC | _COMMON_SIGNS,
    "latin": _BASIC | _SIGNS_ON_SCREEN | _LATIN_ON_SCREEN,
    "cyrillic": _BASIC | _SIGNS_ON_SCREEN | _CYRILLIC_ON_SCREEN,
}
