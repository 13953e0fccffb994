"""English."""

from press.content.languages.habits import Grade, Habits

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: number for number, word in enumerate(_UNITS.split(), 1)}
_NUMBERS |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_NUMBERS |= {"dozen": 12, "hundred": 100, "thousand": 10**3}
_NUMBERS |= {"million": 10**6, "billion": 10**9, "trillion": 10**12}
_FOLDED = "two three four five six seven eight nine ten eleven twelve hundred thousand million"
# ordinals are free, so that a fraction is found by the words around it
_PARTS = "fifth sixth seventh eighth ninth tenth twelfth twentieth hundredth thousandth millionth"
_ORDINAL = (
    r"(?:\d+(?:st|nd|rd|th)|\w*(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"
    r"|\w+teenth|\w+tieth|\w*(?:hundred|thousand|million|billion)th)s?"
)
# after a fraction, and hardly after 'a fifth' that is one of several
_DID = (
    r"(?:left|more|less|fewer|were|are|have|had|do|did|died|stayed|came|went|returned|moved|lived?|worked|used?"
    r"|said|reported|received|knew|remain(?:ed)?|lost|fell|rose|agreed|dropped|drank|escaped|failed|finished|got|need"
    r"|passed|quit|recovered|refused|relapsed|say|smoked?|started|stopped|survived|think|took|vanished|want)"
)
_ALWAYS_TWO = (
    r"(?:scissors|glasses|spectacles|tweezers|pliers|trousers|jeans|shorts|gloves|shoes|socks)"
)
_NOT = r"(?:not|no|never|neither|nor|without|cannot|\w+n[’']t)"
_MEASURE = "(?:hectare|acre|kilomet(?:re|er)|mile|met(?:re|er)|lit(?:re|er)|ton(?:ne)?|kilogram|gram|dollar|euro)"
_MASSES = (
    "(?:kilo|milli)?gram(?:me)?s|tons|tonnes|ounces|(?:(?:square|cubic) )?(?:(?:kilo|centi)?met(?:re|er)s|miles|feet)"
    "|hectares|acres|lit(?:re|er)s|gallons"
)
_TIME = "(?:hour|day|night|week|month|quarter|year|decade|head|person|inhabitant)"
# ends in 's', and hardly in the plural after a number
_NO_PLURAL = (
    "was|has|does|goes|says|as|yes|always|perhaps|besides|whereas|(?:to|after|up|on|down|back|out|in)wards|overseas|sometimes|"
    "nowadays|(?:in|out)doors|others|ones|means|includes|covers|counts|refers|comes|equals|stands|remains|seems|"
    "leaves|holds|shows|lies|rests|applies|exceeds|needs|makes|gives|takes|adds|lives|works"
)
_PLURAL = rf"(?!(?:{_NO_PLURAL})\b)(?:[a-z]+[^\Wsui]s|people|men|women|children)"
_MULTIPLES = (
    "zero nought halve* halving thirds quarters double doubled doubles doubling twice thrice treble* trebling "
    "triple* tripling quadrupl* quintupl* sextupl* septupl* octupl* nonupl* decupl* centupl* tens dozens hundreds "
    "thousands millions billions trillions onehundred onethousand onemillion onebillion twenties thirties forties "
    "fifties sixties seventies eighties nineties"
)
_SAID = (
    "reports report reported says say said judges describes cites cited quoted quotes calls expects explains notes "
    "names estimate estimates considers consider adds finds concludes concluded"
)
_HELPS = "reduces reduce works saves save prevents prevent cuts lowers lower improves improve protects protect"
_GRADES = ("very low", "very-low", "low", "moderate", "high")  # of GRADE
_GRADED = (" certainty", "-certainty", " quality", " confidence")
_PRESENT = (
    "is are has have isn[’']t aren[’']t hasn[’']t haven[’']t remains? lacks exists "
    "continues includes covers lives dies takes hampers? hinders? receives provides reaches goes comes gets serves "
    "makes keeps becomes begins happens occurs depends varies differs consists seems appears allows requires involves "
    "operates suffers contains belongs enters spends sells buys grows brings stays constitutes represents arrives "
    "(?:it|that|there|they|what)[’'](?:s|re|ve)"
)
# words before a verb that is not of the present
_NO_PRESENT = ("to", "not", "did", "could", "would", "should", "might", "may")
# what a source does not do, which is there to be read
_SAYS = "(?:say|state|give|name|count|measure|explain|tell|define|list|cite|show|estimate|describe|know)"
# that are told in the present only behind a plural: 'to reach', 'did not reach'
_PRESENT_OF_MANY = (
    "serve exist continue include cover live die take lack receive provide reach go come get make keep become begin "
    "happen occur depend vary differ consist seem appear allow require involve operate suffer contain belong enter "
    "spend sell buy bring constitute represent account arrive use need face offer rise fall grow cross pass hold lead"
)
_MANY = r"(?:[^\W\d_]{4,}s|people|children|women|men|they|which|that|these|those|most|many|mainly|often|still|both)"
_DENIES = (
    r"\b(?:not|never|no(?!\.)|nor|neither|none|nothing|nobody|cannot|without|hardly|fail(?:s|ed)? to)\b|"
    r"\b\w+n[’']t\b"
)
_TOLD = (
    r"(?:stated?|give[ns]?|named?|count(?:ed)?|measured?|dated|known|seen?|cited?|explain(?:ed)?|told|tell|"
    r"estimated|shown)"
)
_STUDY = r"(?:stud(?:y|ies)|trials?|evaluations?|assessments?|surveys?|research)"
_WERE = "(?:is|are|was|were|(?:has|have) been)"
_STUDIED = (
    r"(?:studied|assessed|evaluated|tested|researched|established|examined|investigated|looked (?:at|into|for)"
    r"|recorded)"
)
_TELLS = r"(?:giv|stat|cit|nam|measur|count)(?:es?|ing|s)?"
_FACTS = (
    r"(?:information|data|period|indicators?|figures?|number|cases?|total|counts?|counting|amounts|report|gap|evidence|"
    r"volumes|source|year|assessment|giving|naming)"
)
_SPEAKS = "reports reported says say said judges considers expects explains concludes concluded"
_THAT_IS = (
    r"[^\0,;:.()]*(?:,(?: that is,?| or)? | \()(?P<value>\0)(?=[),.;:]|\Z)"  # 'most people, 60%'
)
_ONLY = "the a in at by for to on of from small one"  # words after it, where it limits them
_UP = "rise* rose risen rising increas* grew grow* larger up"
_DOWN = "fall* fell fallen decreas* declin* drop* smaller shrank reduced reduction down"
_BAD = "poor underfunded unsatisfactory lack* inadequate limited unstable"
_GOOD = "good well-funded satisfactory enough sufficient adequate ample surplus stable full"
_AMOUNTS = "tons loads lots heaps masses piles plenty stacks swarms bags oodles"
_USUALLY = "typically usually generally normally ordinarily commonly routinely"
_COUNTED = "how so too as not How So Too As Not"  # before 'many', which then is no amount
_ABSOLUTES = (
    "all always every everyone everybody everywhere entire* exclusively wholly solely fully completely proves "
    "proved prove confirms confirmed shows showed demonstrates certainly definitely clearly undoubtedly guarantees"
)
_CAUSES = (
    "because|due to|owing to|thanks to|as a result|as a consequence|result* from|result* in|resulting from|caused|"
    "causes|causing|led to|leads to|leading to|consequently|therefore|hence|thus|attribut* to|on account of|"
    "for lack of|for want of|driven by|brought about|made possible"
)
_CAUSAL = "cause* reason* credit* puts put so hamper* hinder* forc* why"
_OF_THEM = r"of (?:the(?:m|se)|those|which|whom)"
_DATING = "in|since|by|until|till|before|after|from|to|for|between|during|the"
HABITS = Habits(
    script="latin",
    quotes="“”‘’",
    bounds={
        "less than": "less than",
        "at most": "at most",
        "more than": "more than",
        "at least": "at least",
        "up to": "up to",
        "about": "about",
    },
    between="between {low} and {high}",
    chance="{part} in {whole}",
    interval="{value} ({level}CI {low} to {high})",
    no_effect="no effect",
    target="target: {value}",
    unstated="Not stated",
    sizes={size: size for size in ("thousand", "million", "billion", "trillion")},
    currencies={"USD": "US$", "EUR": "€", "GBP": "£"},
    half="{word}",
    fraction="a {word}",
    bounding=(
        r"(?:(?:no|not|any|much|far|well|slightly|little) )?(?:more|less|fewer|greater|higher|lower) than",
        r"at (?:the )?(?:least|most|minimum|maximum)|(?:up|close|near|next) to|as (?:many|few|much|little) as",
        r"(?:a )?(?:minimum|maximum) of|(?:well )?(?:in excess|upwards?|short) of|exceed(?:s|ed|ing)?",
        r"(?:just |well )?(?:under|above|below|beneath|beyond)|just over|minus|negative",
        r"barely|hardly|scarcely|anything but|nowhere near|far from|(?:just )?(?:north|south) of|other than",
        rf"by no means|(?<!,\s)(?<!but\s)(?<!and\s){_NOT}(?: (?:even|quite|yet|exactly|reach|exceed))?",
        r"(?:just )?about|around|approx(?:imately)?\.?|roughly|circa|ca?\.|some|an estimated|or so",
    ),
    hedges=(
        r"nearly|almost|barely|hardly|scarcely|virtually|practically|exactly|precisely|over|a full",
        _NOT,
    ),
    behind=(
        r"(?:or|(?<!,\s)and) (?:more|less|fewer|so|over|under|above|below|up|higher|lower|thereabouts)",
        r"(?:[^\W\d_]+[\s-]+){1,2}at (?:the )?(?:least|most|minimum|maximum)(?=\s*(?:[.,;:!?)]|\Z))",
        r"(?:[^\W\d_]+[\s-]+){1,2}(?:and counting|and up(?! to)|or thereabouts|give or take)",
        r"(?<!,\s)(?:at (?:the )?(?:least|most)|minimum|maximum|odd|ish|plus|and counting|upwards)",
        r"(?<!,\s)at (?:the )?(?:minimum|maximum)|give or take|more or less",
    ),
    scales=(
        r"percentage[\s-]+points?|per[\s-]?cent[\s-]+points?",
        r"k|m|mn|mln|mio|bn|b|tn|trn|thousands?|lakhs?|lacs?|crores?|hundreds?|dozens?|scores?|gross",
        r"(?:m|b|tr|quadr|quint)illions?|millia?rds?|myriads?|squared|cubed|times as|per mille?|basis points",
        r"°[cf]?|[a-z]+ (?:squared|cubed)|(?<=[-‐‑])to one|to one(?=\s*(?:[.,;:!?)]|\Z))",
    ),
    factors=(
        r"an? (?:factor|multiple|ratio|fraction|power|root) of|(?:multiplied|divided) by|times|nos?\.",
        r"one (?:in|of every|out of(?: every)?)",
    ),
    rates=(
        rf"per (?!cent|mil)\w+|(?:an?|each|every|one) {_TIME}(?! (?:or|later|earlier|after|before|ago|long|old|since))",
        rf"(?:dai|hour|night|week|month|quarter|year)ly|annually|apiece|p\.\s?a\.|(?<=/){_TIME}",
    ),
    averages=(r"(?:(?:on|an?|the) )?(?:average|mean|median),?(?: of)?|averag(?:ing|ed|es)",),
    averaged=(r"(?:on|at) (?:an? |the )?average|on the mean",),
    counted=(
        rf"(?:(?:square|cubic)\s)?{_PLURAL}",
        rf"(?<=-)(?:{_TIME}|{_MEASURE})|(?!(?:of|in|on|to|for|with|by|at|per)\s)[a-z]+\s{_MEASURE}s",
    ),
    wholes=(rf"of(?: (?:the|all|these|those))* {_PLURAL}",),
    percent=(r"%", "‰", "percent", "per cent", "pct", "pc"),
    ordinals=("st", "nd", "rd", "th"),
    amounts=(
        rf"(?:an?|one|another|per)[\s-]+(?:\w+-)?{_ORDINAL}[\s-]+(?:of|in|{_DID})",
        rf"(?:an?|one|another)[\s-]+(?:\w+-)?{_ORDINAL}(?=\s*(?:[.,;:!?)]|\Z))",
        rf"{_ORDINAL}[\s-]+(?:parts?|(?:per)?centiles?|[a-z]+iles?|percent|per cent|century)",
        rf"(?:every|each)(?:\s+other)?[\s-]+(?:second|{_ORDINAL})",
        r"every\s+other",
        rf"(?:an?\s+)?(?:couples?|pairs?(?!\s+of\s+{_ALWAYS_TWO})|scores?|brace|gross|myriads?)\s+of",
        rf"(?:an?|the)\s+(?:couple|pair|score|brace)\s+{_DID}|(?:an?|the)\s+pair(?=\s*(?:[.,;:!?)]|\Z))",
        r"scores\s+(?:left|died|fled|came|went|stayed)",
        r"(?:an?\s+)?(?:(?:tri|du)os?|(?:du|quart|quint|sext|sept|oct|non)ets?|handfuls?)(?:\s+of)?",
        r"twins?(?!\s+(?:towns?|cit(?:y|ies)|stud(?:y|ies)))|triads?|tetrads?|pentads?|tetralog(?:y|ies)|trilog(?:y|ies)",
        r"hat[\s-]tricks?|doublets?|(?:trip|quadrup|quintup)licate|doubly|triply|trebly|tithes?|moiet(?:y|ies)",
        r"(?:quadra|quinqua|sexa|septua|octo|nona)genarians?|(?:super)?centenarians?|in\s+(?:his|her|their)\s+(?:\w+\s+)?teens",
        r"(?:an?|past|last|previous|next|coming|first|second)\s+(?:half-)?(?:decade|century|fortnight)",
        r"(?<!per\s)(?:decade|fortnight)(?:s|ly)?|centuries|lustrums?|(?:bi|semi|tri)[\s-]?(?:annual|monthly|weekly)(?:ly)?",
        r"(?:bi|tri|quadr|quinqu|dec|vic|(?:bi|tri|sesqui)?cent|mill)enni(?:al|um|a)s?",
        r"(?:bi|ter|sesqui|quater)?centenar(?:y|ies)|umpteen(?:th)?|umpty|eleventy|nil|naught|zilch|zeroe?s|myriads?|googols?|twain|(?:single|double|triple)[\s-]+(?:digit|figure)s?",
        r"lakhs?|crores?|(?:quadr|quint|sext|sept|oct|non|dec|z|gaz|baz|j)illions?|millia?rds?",
        r"(?:an?\s+)?doz\.?|(?:(?:an?|one|the|per)\s+)?(?:quart|quint|tert|sext|sept|oct|dec)iles?",
        r"(?:an?|one)[\s-]+(?:(?:percentage|basis)[\s-]+point|per[\s-]?cent)|(?:an?|the)\s+(?:\w+\s+)?(?:super)?(?:major|minor|plural)ity\s+of",
        rf"(?:an?|the)\s+(?:\w+\s+)?(?:major|minor)ity(?:\s+{_DID}|(?=\s*(?:[.,;:!?)]|\Z)))",
        r"in\s+the\s+(?:major|minor)ity|preponderance\s+of|lion[’']s\s+share",
        r"(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies",
        r"fourty|ninty|fivety|fourten|fiveteen|eightteen|twelth|hundered|thousend|tousand|milion|bilion",
    ),
    numbers=_NUMBERS,
    fractions={"half": 2, "third": 3, "quarter": 4},
    multiples=(
        *_MULTIPLES.split(),
        *(f"{word}fold" for word in f"{_FOLDED} {_TENS}".split()),
        *(f"{word}one" for word in _TENS.split()),
        *(f"one {part}" for part in _PARTS.split()),
        *(f"{part}s" for part in _PARTS.split()),
    ),
    attribution=("according to", "found that", "speak of", "speaks of", *_SAID.split()),
    shares=(r"(?:share|risk|rate|proportion|prevalence|incidence)s?(?!.*(?:ratio|difference))",),
    benefits=(
        *_HELPS.split(),
        *(f"{verb} {how}" for how in ("effective", "cost-effective") for verb in ("is", "are")),
    ),
    aims="to not",
    graded={
        **{f"{how}{what}": how.replace("-", " ") for how in _GRADES for what in _GRADED},
        **dict.fromkeys(
            ("strong recommendation*", "conditional recommendation*", "strongly recommend*"), ""
        ),
    },
    several=(
        r"(?:.*[\s(])?(?:and|or|plus|etc)\b(?!$)|.*\setc\b|"
        r"(?:(?:the|all|some|many|\d+) )?(?:others?|etc|rest|various|several|un(?:known|named)|none)\b"
    ),
    nobody=r"nobody|no[- ]?one|none|unknown|unrated|ungraded|unnamed|not \w+(?: yet)?|n/?a|-+|\?+",
    blank=r"\bplaceholder\b",
    unnamed=(
        r"\bto be (?:added|agreed|announced|chosen|confirmed|decided|defined|determined|filled in|named|replaced)\b"
        r"|\b(?:your|some|the issuing) (?:name|ministry|agency|institution|institute|organi[sz]ation|e-?mail|address)\b"
        r"|\b(?:name|names|address|e-?mail) of (?:the|your|an?) \w+|\b(?:first|last|full) ?name\b|\b(?:jane|john) doe\b"
        r"|^(?:the )?(?:issuer|publisher|author|reviewer|funder)s?(?: \d)?$"
    ),
    waiting=r"needed|to come|insert|placeholder|(?:source|who|when)\?",
    elided=r"\d\ds",
    plural="s",
    dangling="the a an of and or but with from than between into their its",
    endings="s es ish some score fold month months something somethings",
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
        "degrees": ("°", "°C", "°F"),
        "times": ("fold", "twice", "a factor of"),
        "people": ("persons?",),
    },
    small="of the a an in by for and or per number share part parts",
    measures={
        _MASSES: "",
        "(?:mega|kilo)watts(?:[- ]hours)?|degrees(?: celsius)?": "",
        "seconds|minutes|hours|days|nights|weeks|months|years": "time",
        r"(?:us )?dollars|euros|pounds sterling|roubles|soms|tenge|US\$|€|£|USD|EUR|GBP": "money",
        "percent|per cent|percentages|%": "share",
    },
    amounting={
        r"(?:share|percentage|proportion|rate|prevalence)s? of|\A(?:per ?cent|percentage)": "share",
        r"\A(?:share|proportion|rate)\Z": "share",
        "(?:number|count)s? of": "count",
        rf"(?:per |/ ?)(?!cent\b|mille?\b)[a-z]+|an? {_TIME}\Z": "rate",
    },
    measured_in="in|as",
    dating=_DATING,
    before_years=rf"{_DATING}|of|years?|early|mid|late|spring|summer|autumn|winter",
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
    said={
        r"no(?:t)? (?:more|greater|higher) than|at (?:the )?most|a maximum of": "at most",
        r"no(?:t)? (?:less|fewer|lower) than|at (?:the )?least|a minimum of": "at least",
        r"(?:more|greater|higher) than|above|in excess of|exceed(?:s|ed|ing)?": "more than",
        r"over(?!\s[\d.]+\s?[-–]\s?\d)": "more than",  # 'over 8-12 weeks' is during these
        r"(?:less|fewer|lower) than|under|below": "less than",
        r"up to|as (?:many|much|high) as": "up to",
        r"about|around|approx(?:\.|imately)|roughly|circa|ca?\.|some|nearly|almost|an estimated": "about",
        r"between": "between",
        r"from": "from",
    },
    articles="an?|one|two|three",
    joins="and",
    between_joins="(?:to|and)",
    of_joins="in|out of",
    pointing=r"tables?|analys[ei]s|box(?:es)?|fig(?:ure)?s?\.?|sections?|chapters?|appendix|appendices|equations?|pages?|pp?\.",
    after_units=(
        "over under than that which who whom whose as is are was were be been being had has have would could can may "
        "since during within among out about more less not only while when where if because but so then to on at "
        "before after until versus vs should will might must did do does there it they we each both elsewhere "
        r"worldwide leave left (?<=\w\s)reports? (?<=\w\s)\w+ed"
    ),
    opposites=(
        (_UP, _DOWN),
        ("more", "less fewer"),
        (_BAD, _GOOD),
        ("high higher", "low lower"),
        ("hamper* hinder* barred barrier*", "help* support* favour* allowed"),
        ("after", "before"),
    ),
    harmless=(
        *("down to", "in all", "at all", "above all", "after all"),
        *(f"{how} {word}" for how in _COUNTED.split() for word in ("many", "few")),
    ),
    absolutes=(*_ABSOLUTES.split(), *(f"only {word}" for word in _ONLY.split()), "the only"),
    vague=(
        *(f"{amount} of" for amount in _AMOUNTS.split()),
        *(
            "a lot",
            "a few",
            "few",
            "several",
            "many",
            "numerous",
            "countless",
            "innumerable",
            "a number of",
        ),
        *("a good deal", "a great deal"),
    ),
    usual=(
        *_USUALLY.split(),
        *("on the whole", "as a rule", "by and large", "in general", "in most cases"),
    ),
    causes=tuple(_CAUSES.split("|")),
    causal=tuple(_CAUSAL.split()),
    parts=(
        r"(?P<part>\0) (?:out )?of (?:(?:all|the|these|those|its|their) )*(?P<whole>\0)",
        rf"(?P<whole>\0)[^\0:]*[,;]? (?:and )?(?P<part>\0) {_OF_THEM}\b",
        rf"(?P<whole>\0)[^\0;:]*,? {_OF_THEM} [^\0,;:]{{0,30}}(?P<part>\0)",
        r"\bof (?:(?:all|the|these|those) )*(?P<whole>\0)[^\0,;:]*, (?P<part>\0)",
    ),
    share_of=(
        r"(?:\A(?:(?:the )?(?:share|proportion|percentage) )?|\s\s)of"
        r"(?!(?: (?:all|the))* (?:wh\w+|these|those|them|it|course|note)\b)(?: (?:all|the))*\b"
    ),
    changes=(r"\bfrom (?P<start>\0)[^\0;:]* to (?P<end>\0)",),
    majorities=(  # not 'the most common', and not those who come behind: 'Most left, 5% stayed'
        rf"\b(?<!\bthe )(?<!\bat )(?P<most>most)(?: of)?(?: (?:the|these|those))?(?: [\w-]+)? {_PLURAL}\b{_THAT_IS}",
        rf"\b(?P<most>mostly|the majority)\b{_THAT_IS}",
        r"(?P<value>\0)(?:, or| \(|, that is,?) ?(?P<most>most|the majority)\b",
    ),
    dated=(r"(?P<value>\0)(?: \w+){0,2} in (?P<year>\x01)",),
    denials=_DENIES,
    denying=rf"{_DENIES}|\b(?:lack\w*|absence|missing|un\w+|in\w+|barred|differ)\b",
    present=(  # but what the source itself does, which is there to be read
        r"(?i)(?<!\breview )(?<!\bsurvey )(?<!\bstudy )(?<!\bsource )(?<!\breport )"
        + "".join(rf"(?<!\b{word} )" for word in _NO_PRESENT)
        + r"\b(?:"
        + _PRESENT.replace(" ", "|")
        + rf"|{_MANY} (?:{_PRESENT_OF_MANY.replace(' ', '|')})"
        + rf"|do(?:es)?(?:n[’']t| not)(?! {_SAYS}\b)"
        + r"|(?<!was )(?<!were )(?:said|reported|believed|thought|known) to (?!have\b)\w+"
        + r")\b(?! our\b)"  # and what we say of our own work
    ),
    works=r"\bthe (?:reviews?|stud(?:y|ies)|surveys?|reports?|sources?|authors?)\b",
    later=r"\b(?:since|later|afterwards|meanwhile)\b",
    missing=(
        rf"\b(?:not|never) (?:yet |been |ever )*(?:{_TOLD}|{_STUDIED})\b"
        r"|\b(?:unclear|unknown|unstated|undated|uncounted|unpublished)\b"
        r"|\bno (?:information|data|figures?|estimates?|counts?|year|evidence)\b|\bnothing is known\b"
        rf"|\bno(?:body|[ -]one| (?:[\w-]+ ){{0,2}}{_STUDY})(?: that we saw)? (?:has |have |had |ever |yet )*"
        rf"(?:{_TOLD}|{_STUDIED})\b|\bno (?:published |such )?{_STUDY} (?:exists?|of|on|was|were)\b"
        rf"|\b(?:saw|found|is|are|know of) no {_STUDY}\b|\bno (?:\w+ )?{_WERE} (?:{_TOLD}|{_STUDIED})\b"
        r"|\bwithout (?:giving|stating|naming|counting|measuring)\b"
    ),
    gaps=(
        rf"(?:not|n[’']t|never) (?:be |yet |been )?{_TOLD}\b|\b(?:{_TELLS}|saw|knows of) (?:no|nothing|neither)\b"
        rf"|\b(?:no|without) (?:[\w-]+ ){{0,2}}{_FACTS}\b|, not\b|could not see"
        r"|\b(?:than|versus|vs|compared (?:with|to)|unlike)\b[^.,;:]*\bwithout\b"  # no denial, but who is compared
    ),
    names=r"(?<=[\w,;’)”] )[A-Z][\w’-]*",
    clauses=r"[,;:()–]|\b(?:that|which|and|but|as|where)\b|\bwhom?\b.*",
    speaking=tuple(_SPEAKS.split()),
    adverbs="the a an of also first then still further often now has have had in for on",
    asking=r"\b(?:should|must|ought to|we (?:ask|propose|recommend))\b",
    helping="do does did not never can could may might must will would should",
    passive="is are was were be been being isn’t aren’t wasn’t weren’t",
    telling=(
        "found saw sees gave gives put puts counted counts measured listed lists described noted added mentions "
        "mentioned named knew knows stated states showed shows warned recorded judged expected considered"
    ),
    speakers=(
        "it they we he she this these who which what no review study survey report source author authors paper"
    ),
    translated=True,
)
