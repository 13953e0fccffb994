"""English."""

from press.content.languages.habits import Grade, Habits

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
    percent=("%", " %", " percent", " per cent"),
    ordinals=("st", "nd", "rd", "th"),
    naming=("called",),
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
