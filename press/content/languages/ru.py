"""Russian, as far as a source in it is read: no series is written in it yet."""

from press.content.languages.habits import Habits

_NUMBERS = {
    **dict.fromkeys(("два", "две", "двух", "двое", "двумя"), 2),
    **dict.fromkeys(("три", "трёх", "трех", "трое"), 3),
    **dict.fromkeys(("четыре", "четырёх", "четырех"), 4),
    **{stem + end: number for number, stem in enumerate(("пят", "шест", "сем"), 5) for end in "ьи"},
    **dict.fromkeys(("восемь", "восьми"), 8),
    **{stem + end: number for number, stem in enumerate(("девят", "десят"), 9) for end in "ьи"},
}
HABITS = Habits(
    script="cyrillic",
    quotes="«»„“",
    bounds={},
    half="{word}",
    fraction="{word}",
    percent=("%", r"процент\w*"),
    ordinals=(),
    amounts=(),
    naming=(),
    units={},
    small="в и на с по из у к о об от за для при до",
    titles="пос ул обл им проф акад долл напр см",
    counting="табл рис гл разд стр п пп ст др тел",
    lettered="",
    closing="г т",
    sizes={
        "thousand": r"тыс(?:\.|яч\w?)?",
        "million": r"млн\.?|миллион\w*",
        "billion": r"млрд\.?|миллиард\w*",
    },
    currencies={"USD": "US$", "EUR": "€"},
    numbers=_NUMBERS,
    fractions={"половина": 2, "половины": 2, "половину": 2},
    said={
        "не более|не больше|максимум": "at most",
        "не менее|не меньше|как минимум|по крайней мере": "at least",
        "более(?: чем)?|больше|свыше": "more than",
        "менее(?: чем)?|меньше": "less than",
        "около|примерно|приблизительно|почти|порядка": "about",
        "между": "between",
        "от|с": "from",
    },
    groups="",
    joins="и",
    between_joins="(?:до|и)",
    of_joins="из",
    pointing=r"табл(?:\.|иц\w+)|рис(?:\.|ун\w+)|раздел\w*|глав\w|стр\.|приложени\w",
    after_units="год года году годов лет что который которые которых была было были была не а но это",
)
