"""English."""

from press.content.languages.habits import Grade, Habits

_ORDINAL = (
    r"(?:\d+(?:st|nd|rd|th)|\w*(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"
    r"|\w+teenth|\w+tieth|\w*(?:hundred|thousand|million|billion)th)s?"
)
HABITS = Habits(
    script="latin",
    quotes="“”‘’",
    bounds={
        "more than": "more than",
        "at least": "at least",
        "up to": "up to",
        "about": "about",
    },
    half="{word}",
    fraction="a {word}",
    bounding=(
        r"(?:(?:no|not|any|much|far|well|slightly|little) )?(?:more|less|fewer|greater|higher|lower) than",
        r"at (?:the )?(?:least|most|minimum|maximum)|(?:up|close|near|next) to|as (?:many|few|much|little) as",
        r"(?:a )?(?:minimum|maximum) of|(?:well )?(?:in excess|upwards?|short) of|exceed(?:s|ed|ing)?",
        r"(?:just |well )?(?:under|above|below|beneath|beyond)|just over|minus|negative",
        r"(?:just )?about|around|approx(?:imately)?\.?|roughly|circa|ca?\.|some|an estimated|or so",
    ),
    hedges=(
        r"nearly|almost|barely|hardly|scarcely|virtually|practically|exactly|precisely|over|a full",
        r"not|no|never|neither|nor|without|cannot|\w+n[’']t|far from|nowhere near|anything but",
    ),
    behind=(
        r"(?:or|and) (?:more|less|fewer|so|over|under|above|below|up|higher|lower|thereabouts)",
        r"at (?:the )?(?:least|most|minimum|maximum)|minimum|maximum|odd|ish|plus|and counting|upwards",
    ),
    scales=(
        r"k|m|mn|mln|mio|bn|b|tn|trn|thousands?|lakhs?|lacs?|crores?|hundreds?|dozens?|scores?|gross",
        r"(?:m|b|tr|quadr|quint)illions?|millia?rds?|myriads?|squared|cubed|times as|per mille?|basis points",
    ),
    percent=(r"%", "‰", "percent", "per cent", "pct", "pc"),
    ordinals=("st", "nd", "rd", "th"),
    amounts=(
        rf"(?:an?|one|another|per)[\s-]+(?:\w+-)?{_ORDINAL}[\s-]+(?:of|in)",
        rf"{_ORDINAL}[\s-]+(?:parts?|(?:per)?centiles?|[a-z]+iles?|percent|per cent)",
        rf"(?:every|each)(?:\s+other)?[\s-]+(?:second|{_ORDINAL})",
        r"every\s+other",
        r"(?:couples?|pairs?|scores?|brace|trios?|duos?|quartets?|quintets?|gross|myriads?)\s+of",
        r"an?\s+(?:couple|score|pair|brace|trio|duo|gross)\s+of|an?\s+(?:decade|fortnight)",
        r"(?:three|four)score|a\s+handful\s+of|handfuls\s+of|decades|fortnights|umpteen|nil",
    ),
    naming=("called",),
    units={
        "kilograms": ("kg",),
        "grams": ("g",),
        "milligrams": ("mg",),
        "tonnes": ("t",),
        "hectares": ("ha",),
        "kilometres": ("km",),
        "metres": ("m",),
        "litres": ("l",),
        "hours": ("h",),
        "minutes": ("min",),
        "times": ("fold", "twice"),
        "people": ("persons?",),
    },
    small="of the a an in by for and or per number share part parts",
    titles="dr mr mrs ms prof st gen col lt sgt capt gov rep sen hon rev cf vs viz",
    counting=(
        "no nos nr p pp para paras art arts fig figs tab ch sec vol ed eds approx ca max min al "
        "jan feb mar apr jun jul aug sep sept oct nov dec"
    ),
    lettered=(
        "hepatitis vitamin plan group type annex appendix class schedule list part option "
        "category phase level grade table figure section"
    ),
    # Flesch-Kincaid: Kincaid et al. 1975, Naval Technical Training Command, Research Branch Report 8-75
    grade=Grade("en_US", words=0.39, syllables=11.8, less=15.59),
)
