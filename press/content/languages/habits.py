"""Describe what a language does its own way, as far as Babel does not know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Grade:
    """A formula for the reading grade: words a sentence and syllables a word, weighted, less a constant."""

    patterns: str  # of hyphenation, by which syllables are counted
    words: float
    syllables: float
    less: float


@dataclass(frozen=True, eq=False)
class Habits:
    """What a language does its own way, equal to itself only. Words are found in whatever case."""

    script: str  # of its letters: the fonts' files are named by it
    quotes: str  # four characters: the double pair, then the single pair
    bounds: Mapping[str, str]  # what is printed before a number, by bound
    half: str  # how one half is printed in words
    fraction: str  # likewise all other fractions: 'a {word}'
    percent: tuple[str, ...]  # patterns of what follows a number of percent: '%' or words
    ordinals: tuple[str, ...]  # endings by which digits become an ordinal
    amounts: tuple[str, ...]  # patterns of words that are a number together: 'a 5th of', 'a couple'
    naming: tuple[str, ...]  # words that come before letters when these are explained
    units: Mapping[str, tuple[str, ...]]  # what is printed for a unit besides its own word
    small: str  # words of a unit that do not tell it: 'of', 'the'
    titles: str  # words with spaces between: a full stop after one of these ends no sentence
    counting: str  # likewise where a number follows
    lettered: str  # a single letter after one of these is no initial: 'vitamin C. The'
    closing: str = ""  # a small letter that may end a sentence behind a number: 'г' in '2019 г. В'
    grade: Grade | None = None
    between: str = "{low}–{high}"  # how a range is printed that the source says with 'between'
    chance: str = "{part}/{whole}"  # likewise '1 in 4'
    interval: str = "{value} ({level}{low}–{high})"  # '95% ' or '' for level
    no_effect: str = "0/1"  # what is printed below the line of no effect
    target: str = "→ {value}"  # likewise below that of a target
    unstated: str = "?"  # in the field of a share that is not stated
    sizes: Mapping[str, str] = field(default_factory=dict)  # what is printed for 'million'
    currencies: Mapping[str, str] = field(default_factory=dict)  # what is printed for a code
    bounding: tuple[str, ...] = ()  # patterns of what bounds the number behind it: 'under'
    hedges: tuple[str, ...] = ()  # likewise, if the number has a bound already: 'nearly', 'not'
    behind: tuple[str, ...] = ()  # likewise of what bounds the number before it: 'or more'
    scales: tuple[str, ...] = ()  # likewise of what multiplies the number before it: 'k', 'lakh'
    factors: tuple[str, ...] = ()  # likewise of what multiplies the one behind it: 'a factor of'
    rates: tuple[str, ...] = ()  # likewise of what the number before it is for: 'per day'
    averages: tuple[str, ...] = ()  # likewise of what makes an average of the one behind it
    averaged: tuple[str, ...] = ()  # likewise of the one before it: 'on average'
    counted: tuple[str, ...] = ()  # likewise of what the number before it counts: a plural
    wholes: tuple[str, ...] = ()  # likewise of a whole of which it is a part: 'of the visitors'
    numbers: Mapping[str, int] = field(default_factory=dict)  # words; of two the first is printed
    fractions: Mapping[str, int] = field(default_factory=dict)  # likewise, by what they divide
    # Of labels: patterns of measures, and of words that say what an amount is -> money, time, share, count or rate.
    measures: Mapping[str, str] = field(default_factory=dict)  # 'hectares'
    amounting: Mapping[str, str] = field(default_factory=dict)  # 'share of'
    measured_in: str = "(?!)"  # pattern of what is before a measure: 'in'
    dating: str = "(?!)"  # pattern of what is before a year, and hardly before a number: 'since'
    before_years: str = "(?!)"  # likewise of one to come: 'the end of'
    # Words and phrases; a '*' at the end of one stands for any ending.
    multiples: tuple[str, ...] = ()  # that are numbers too, and never printed: 'double'
    attribution: tuple[str, ...] = ()  # that say who says so: 'according to', 'reports'
    benefits: tuple[str, ...] = ()  # verbs that claim one of what is before them: 'saves'
    shares: tuple[str, ...] = ()  # patterns of units that are a part of a whole: 'risk'
    endings: str = ""  # that a number in words can have: 'ish'
    dangling: str = ""  # words after which a text goes on: 'the'
    # that speak of a rating -> it: 'high certainty'
    graded: Mapping[str, str] = field(default_factory=dict)
    several: str = "(?!)"  # pattern of what begins as no single name does: 'others', 'Elm and Oak'
    nobody: str = "(?!)"  # pattern of what stands for the name that nobody has: 'unknown'
    aims: str = ""  # words before a verb of benefit that claim none: 'to'
    waiting: str = ""  # pattern of what says in brackets that a text waits to be written: 'needed'
    blank: str = "(?!)"  # likewise, wherever it stands: 'placeholder'
    unnamed: str = "(?!)"  # likewise in the place of a name: 'your ministry'
    elided: str = ""  # pattern of what an apostrophe begins, and no quotation: '90s'
    plural: str = ""  # that letters of a name can end in: 's'
    # Of the sources in it, whose values are read.
    said: Mapping[str, str] = field(default_factory=dict)  # patterns of bounds -> the bound
    articles: str = "(?!)"  # pattern of what is one before a fraction: 'a', 'two'
    groups: str = ","  # the sign before thousands, besides a space; '' where it begins the decimals
    joins: str = "(?!)"  # between words of a number: 'and'
    between_joins: str = "(?!)"  # between the ends of a range: 'to'
    of_joins: str = "(?!)"  # between the two numbers of a chance: 'in', 'out of'
    pointing: str = "(?!)"  # before a number that only points to something: 'Table'
    after_units: str = ""  # words that follow a unit and are no part of it: 'over'
    translated: bool = False  # headings and the words of templates are in it
    # What a sentence may not turn, add or lose against the claims that it prints.
    opposites: tuple[tuple[str, str], ...] = ()  # words that turn each other: 'rose', 'fell'
    harmless: tuple[str, ...] = ()  # phrases with such words that say nothing: 'in all'
    absolutes: tuple[str, ...] = ()  # that leave nothing open: 'always', 'proves'
    vague: tuple[str, ...] = ()  # that are an amount, and no number: 'a few', 'tons of'
    usual: tuple[str, ...] = ()  # that make a rule of a value: 'typically'
    causes: tuple[str, ...] = ()  # that give a cause: 'because', 'led to'
    causal: tuple[str, ...] = ()  # besides these, that give one in a claim: 'hamper'
    parts: tuple[str, ...] = ()  # patterns of a 'part' and its 'whole': '8 of 40'
    share_of: str = ""  # pattern of what begins the whole of a share: '60% of the', 'share of'
    changes: tuple[str, ...] = ()  # patterns of a 'start' and its 'end': 'from 8 to 40'
    majorities: tuple[str, ...] = ()  # patterns of 'most' and its 'value': 'most people, 60%'
    dated: tuple[str, ...] = ()  # patterns of a 'value' and its 'year': '8 in 2024'
    denials: str = ""  # pattern of what denies: 'not', 'never'
    denying: str = ""  # pattern of these, and of words that deny by themselves: 'lack'
    present: str = ""  # pattern of verbs that tell in the present: 'is', 'remains'
    works: str = ""  # pattern of what a text names its source by: 'the review'
    later: str = ""  # pattern of what says that the sources of a text came later: 'since'
    missing: str = ""  # pattern of what says that something is not known: 'not stated', 'unclear'
    gaps: str = ""  # pattern of what denies that something is known: 'not stated', 'no data'
    names: str = ""  # pattern of a name within a sentence
    clauses: str = ""  # pattern of what a clause begins with: ', ' or 'that'
    speaking: tuple[str, ...] = ()  # verbs of which the word before is who says so: 'reports'
    adverbs: str = ""  # words that may stand between the two: 'also'
    helping: str = ""  # words that may stand there too, and are no speaker: 'does', 'not'
    passive: str = ""  # words before such a verb that leave out who says so: 'was'
    telling: str = ""  # further verbs by which a source tells, if right behind it: 'found'
    asking: str = ""  # pattern of what a text asks for something with: 'should'
    speakers: str = ""  # that may say so of any claim: 'it', 'the review'
