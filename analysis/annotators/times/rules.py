"""The rules: what temporal expressions look like, by class, each with an example.

A pattern is a regular expression in the short hand of `pieces`. It stands between word boundaries.
If it has a group `span`, only that is the expression and the rest is context. Longer expressions
win over shorter ones, then earlier rules over later ones. The groups `part` (early, mid, the end
of) and `side` (earlier, later) are read alike in all rules, so no reader sees to them.

An example is a sentence published on Monday, 18 October 2021, with the expression in brackets and
its value; an example without brackets is a false friend, in which nothing may be found.
The classes and conventions are those of TimeML and TIMEX3 (Pustejovsky et al. 2003; Ferro et al. 2005).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from . import resolve as r
from .pieces import FIRST_TO_NINTH, FULL_MONTH, ONES, expand
from .readings import Reader

_PREPOSITION = "in|of|by|since|until|till|from|to|through|before|after|during|for|between|around|and|or|as|on|at"
# What follows four digits that are no year.
_NO_AMOUNT = r"(?!'s? ?\d|-?[A-Z]|[-–/]\d|\s{1,3}(?:GMT|UTC|hours|hrs|local)\b|\s{1,3}{COUNTED}\b)"
# No expression begins inside a word, a sum of money or a longer number, nor ends inside one.
_GUARDED = r"(?<![\w$£€#@])(?<!\d[.,:/])(?:{})(?!\w|%|[.,:/]\d)"


@dataclass(frozen=True)
class Rule:
    """A pattern, its reader, and an example with the value of the expression in brackets."""

    pattern: str
    read: Reader
    example: str
    value: str | None = None

    @cached_property
    def regex(self) -> re.Pattern:
        return re.compile(_GUARDED.format(expand(self.pattern)), re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Rules of a class, and the words one of which a text must hold for any of them to fit.

    In the words, digits stand as 0 (1989: 0000), so that a text is looked at only by rules that can fit.
    """

    name: str
    cues: frozenset[str]
    rules: tuple[Rule, ...]

    @cached_property
    def regex(self) -> re.Pattern:
        """Fits where any of the rules does; nine of ten places near a cue are passed over by this one look."""
        patterns = (re.sub(r"\(\?P([<=])(\w+)", rf"(?P\1\2_{number}", expand(rule.pattern))
                    for number, rule in enumerate(self.rules))
        return re.compile(_GUARDED.format("|".join(patterns)), re.IGNORECASE)


def _cues(*words: str) -> frozenset[str]:
    return frozenset(word for some in words for word in some.lower().split())


MONTH_CUES = FULL_MONTH.replace("|", " ") + " jan feb mar apr jun jul aug sept sep oct nov dec"
WEEKDAY_CUES = "monday tuesday wednesday thursday friday saturday sunday"
ZONE_CUES = "gmt utc bst cest cet est edt et cst cdt ct pst pdt pt mst mdt msk ist jst time"
UNIT_CUES = ("second seconds minute minutes hour hours day days night nights week weeks weekend weekends fortnight "
             "fortnights month months quarter quarters semester semesters year years decade decades century centuries")

GROUPS: tuple[Group, ...] = (
    Group("false friends", _cues("old aged age ages war black good bloody super ash palm cyber sunday monday friday",
                                 "quarter quarters account accounts summer winter may minutes hours noon",
                                 "resolution section flight route highway room suite page windows",
                                 "nearly almost than many up today tonight century saturday thursday week morning"), (
        Rule("(?:{ABOUT} )?{NUMBER}(?:{UPTO})?~(?:year|month|week|day)s?~olds?",
             r.nothing, "A 43-year-old man was held."),
        Rule(r"age[ds]?(?: of| between| from)? \d+(?:(?: to | and |-)\d+)?", r.nothing, "He was aged 20."),
        Rule("{NUMBER} {UNITS} of age", r.nothing, "She was 18 years of age."),
        Rule("(?:Bloody|Super|Freaky) {WEEKDAY}|Black (?!Friday){WEEKDAY}", r.nothing, "Bloody Sunday was recalled."),
        # Newspapers, broadcasts, films
        Rule("USA Today|(?:20th|21st) Century Fox|(?-i:(?:Today|Tonight) [Ss]how|Fox News Sunday|Last Week Tonight"
             "|{WEEKDAY} (?:Night|Morning) (?:Live|Football|Baseball|Lights|Fever))",
             r.nothing, "He said so on Saturday Night Live."),
        Rule("(?<=[\"“\\x27‘’])(?-i:Today|Tonight|This Morning|This Week)(?=[\"”\\x27’]| with (?-i:[A-Z]))",
             r.nothing, "He was on NBC’s “Today” once more."),
        Rule("(?<=[\"“\\x27‘’])(?-i:This Morning|This Week),(?=[\"”\\x27’])",
             r.nothing, "He said on “This Week,” a show, so."),
        Rule("{WEEKDAY} (?-i:Times|Telegraph|Mirror|Mail|Express|Post|Herald)",
             r.nothing, "The Sunday Times asked him."),
        Rule("(?:Theresa|Brian|Mrs?|Ms|Minister|Secretary)\\.? May", r.nothing, "It was Theresa May who said so."),
        Rule("(?-i:[A-Z][a-z]+~(?:Day|Years?)'? War)", r.nothing, "The Six-Day War was recalled."),
        Rule("(?:(?:post|pre)-)?cold war", r.nothing, "Ties are at post-Cold War lows."),
        Rule("(?:{ABOUT} )?(?:an?|one|two|three)~quarters?(?: of)?",
             r.nothing, "Three quarters of the seats were lost."),
        Rule("(?:resolution|section|flight|route|highway|room|suite|page|windows) (?:no\\.? )?[12]\\d{3}",
             r.nothing, "It broke Resolution 1441."),
        Rule("(?:nearly|almost|more than|less than|fewer than|as many as|up to) {YEAR}(?!s)",
             r.nothing, "That brings the total to nearly 1950."),
        Rule("(?-i:60 Minutes|48 Hours|High Noon)", r.nothing, "He said so on 60 Minutes."),
        Rule("current accounts?", r.nothing, "The current account was in deficit."),
        Rule("{SEASON} (?:Olympics?|Games|Palace|Paralympics)", r.nothing, "The Winter Olympics were held there."),
    )),
    Group("full dates", _cues("0000", MONTH_CUES), (
        Rule("(?:{DAYNAME},? )?<MONTH>(?: |(?<=\\.))<DAY>(?:,? ?of|,)? <YEAR>",
             r.full_date, "It met on [July 5, 2019].", "2019-07-05"),
        Rule("(?:{DAYNAME},? )?(?:the )?<DAY>(?: of)?~<MONTH>,?~<YEAR>",
             r.full_date, "It met on [5 July 2019].", "2019-07-05"),
        # The year of a range stands at its end.
        Rule("(?P<span><MONTH> <DAY>)(?: ?[-–] ?| (?:to|and|through|until|or) )(?:{MONTH} )?{DAY},? <YEAR>",
             r.full_date, "They met from [July 5] to [July 9, 2019].", "2019-07-05 2019-07-09"),
        Rule("<MONTH> {DAY}(?: ?[-–] ?| (?:to|and|through|or) )(?P<span><DAY>,? <YEAR>)",
             r.full_date, "They met on [July 5]-[9, 2019].", "2019-07-05 2019-07-09"),
        Rule("(?P<span><DAY> <MONTH>)(?: ?[-–] ?| (?:to|and|through|until|or) ){DAY} {MONTH},? <YEAR>",
             r.full_date, "They met from [5 June] to [9 July 2019].", "2019-06-05 2019-07-09"),
        Rule("(?P<span><DAY>)(?: ?[-–] ?| (?:to|and|through|or) ){DAY} <MONTH>,? <YEAR>",
             r.full_date, "They met on [5]–[9 July 2019].", "2019-07-05 2019-07-09"),
        Rule(r"<YEAR>-(?P<monthno>0[1-9]|1[0-2])-<DAY>",
             r.full_date, "The entry of [2019-07-05] says so.", "2019-07-05"),
        Rule(r"(?P<a>[0-3]?\d)(?P<sign>[/.-])(?P<b>[0-3]?\d)(?P=sign)(?P<year>(?:19|20)\d\d)",
             r.numeric_date, "It is dated [18/10/2021] here.", "2021-10-18"),
    )),
    Group("the day that has its own name", _cues("0/00", "september sept"), (
        Rule("(?<!Fahrenheit\\s)9/11", r.september_11, "Much has changed since [9/11].", "2001-09-11"),
        Rule("(?:{SEPTEMBER} 11|11 {SEPTEMBER})(?:th)?"
             "(?= (?:terror(?:ist)? |suicide )?(?:attack|hijack|terrorist|commission)s?)",
             r.september_11, "He recalled the [Sept. 11] attacks.", "2001-09-11"),
    )),
    Group("ends of business years", _cues("ended"), (
        Rule("(?P<ended>ended)(?: on)? (?P<span><MONTH> <DAY>)",
             r.month_day, "Profit for [the year] ended [March 31] rose.", "P1Y 2021-03-31"),
    )),
    Group("month and day", _cues(MONTH_CUES), (
        Rule(r"(?:{DAYNAME},? )?<MONTH>(?: |(?<=\.))<DAY>(?! per ?cent|[-‐]|(?: of)? \d{4})",
             r.month_day, "The mission closes on [Nov. 1], it said.", "2021-11-01"),
        Rule("<MONTH> <DAY>(?=[-‐])(?!-year|-day|-month)",
             r.month_day, "They met on [Oct. 5]-[6].", "2021-10-05 2021-10-06"),
        Rule("(?:{DAYNAME},? )?(?:the )?<DAY>(?: of)?~<MONTH>",
             r.month_day, "Accreditation ends on [1 November], he said.", "2021-11-01"),
        Rule("<MONTH> {DAY}(?: ?[-–] ?| (?:to|and|through|or) )(?P<span><DAY>)(?! (?:per ?cent|{UNITS}|{MONTH}"
             "|million|billion))",
             r.month_day, "They met on [Oct. 5] and [6].", "2021-10-05 2021-10-06"),
        Rule("(?P<span><DAY>)(?: ?[-–] ?| (?:to|and|through|or) ){DAY} <MONTH>",
             r.month_day, "The summit of [5]-[6 October] failed.", "2021-10-05 2021-10-06"),
    )),
    Group("spoken dates", _cues(FIRST_TO_NINTH.replace("|", " "), "tenth eleventh twelfth thirteenth fourteenth",
                                "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"), (
        Rule("(?:{DAYNAME},? )?<MONTH>(?: the)? <day=WORDDAY>(?:,? (?:<YEAR>|<year2=SPOKENYEAR>))?"
             "(?!~(?:quarter|half))",
             r.spoken_day, "They met on [October the fifth].", "2021-10-05"),
        Rule("(?:{DAYNAME},? )?the <day=WORDDAY> of <MONTH>(?:,? <YEAR>)?",
             r.spoken_day, "They met on [the fifth of October].", "2021-10-05"),
    )),
    Group("days of the month", _cues("0st 00st 0nd 00nd 0rd 00rd 0th 00th"), (
        Rule("(?:on|until|since|by|from) (?P<span>the <day=DAYTH>)(?= ?[.,;:)]|$)",
             r.day_of_month, "The talks begin on [the 21st].", "2021-10-21"),
        Rule("(?:the )<day=DAYTH> of (?:that|the same) month",
             r.day_of_told_month, "It fell in [May 2019]; on [the 28th of that month] he left.", "2019-05 2019-05-28"),
    )),
    Group("months", _cues(MONTH_CUES), (
        Rule("<PART>?<MONTH>(?: of|,)? (?:<YEAR>|<short=SHORTYEAR>)",
             r.month_year, "He took office in [January 2017].", "2017-01"),
        Rule("<PART>?<MONTH>,? <year=SPOKENYEAR>", r.month_year, "It began in [March nineteen ninety-six].", "1996-03"),
        Rule("(?P<span><MONTH>)(?: ?[-–] ?| (?:to|and|through|until|or) ){MONTH},? <YEAR>",
             r.month_year, "It ran from [May] to [August 2019].", "2019-05 2019-08"),
        Rule("<PART>?<MONTH>(?: of)? <WHICH> year", r.month_year, "It was in [May last year].", "2020-05"),
        Rule("<PART>?<MONTH> of (?:the )?(?P<told>same|that|following|previous|next) year",
             r.month_of_told_year, "It began in [2019] and ended in [May of the following year].", "2019 2020-05"),
        Rule("<PART>?(?:the )?(?P<told>same|following|previous|preceding) <month=MONTHNAME>",
             r.told_month, "It fell on [May 5, 2019], after [the previous April].", "2019-05-05 2019-04"),
        Rule("<PART>?<WHICH> <month=MONTHNAME>", r.month, "They met [last May].", "2021-05"),
        Rule("<PART><month=MONTHNAME>", r.month, "It opens in [mid-November], he said.", "2021-11"),
        Rule("(?P<past>since|(?:months|year|quarter)(?: ended| ending)?(?: in| to)) (?P<span><PART>?<month=MONTHNAME>)",
             r.month, "It has held exercises since [November].", "2020-11"),
        Rule("<AHEAD> (?:the |an? |its |their )?(?P<span><PART>?<month=MONTHNAME>)",
             r.month, "He spoke ahead of the [May] elections.", "2022-05"),
        # May and March are also a verb, a march, a prime minister; August and April are people.
        Rule(rf"(?:{_PREPOSITION}) (?P<span><month=MONTHNAME>)",
             r.month, "It held exercises in [September].", "2021-09"),
        Rule(r"<month=SUREMONTH>(?! ?\d)(?-i:(?! [A-Z]))", r.month, "The [September] exercises were large.", "2021-09"),
        Rule("(?:the|a|its|their|our)(?:'s)? (?P<span>(?P<month>(?-i:May|March)))(?-i:(?= [a-z]))"
             r"(?! (?:on|of|for|to|in|by|against|from|through|past|was|is|said|will|would)\b)",
             r.month, "The [May] elections were free.", "2021-05"),
    )),
    Group("years", _cues("0000 '00 bc bce b nineteen eighteen thousand"), (
        # A bare number below 1700 is more often an amount.
        Rule(r"<PART>?(?:(?:the )?year )?(?<!\b\d-)(?<!\b\d\d-)(?<!\b\d\d\d-)(?<!\d\s)<year=MODERNYEAR>" + _NO_AMOUNT,
             r.year, "It annexed Crimea in [2014].", "2014"),
        Rule(rf"(?:{_PREPOSITION}|circa|\() ?(?P<span><PART>?(?:(?:the )?year )?<year=OLDYEAR>)" + _NO_AMOUNT,
             r.year, "It was founded in [1492].", "1492"),
        Rule(r"<YEAR>(?=[-–/]\d\d(?:\d\d)?(?![-–/\d]))",
             r.year, "The famine of [1932]-[1933] was man-made.", "1932 1933"),
        Rule(r"<YEAR>[-–/](?P<span>(?P<yy>\d\d))(?![-–/\d])",
             r.second_year, "The war of [1914]-[18] was long.", "1914 1918"),
        Rule("the year <year=SPOKENYEAR>", r.year, "It will open in [the year two thousand].", "2000"),
        Rule("(?!two)<year=SPOKENYEAR>", r.year, "It opened in [nineteen ninety-six].", "1996"),
        Rule("(?:in|since|of|by|until|from|before|after|to|{SEASON}) (?P<span><year=SHORTYEAR>)",
             r.year, "It was founded in ['89].", "1989"),
        Rule(r"<PART>?(?:(?:<MONTH>|(?:the )?<SEASON> of),? )?(?P<number>\d{1,4}) {BC}",
             r.before_christ, "Caesar died in [44 BC], it says.", "BC0044"),
        Rule(r"(?P<span>(?P<number>\d{1,4}))(?: ?[-–] ?| (?:to|and) )\d{1,4} {BC}",
             r.before_christ, "The war of [264] to [241 BC] was long.", "BC0264 BC0241"),
    )),
    Group("fiscal years", _cues("fiscal financial fy"), (
        Rule("<PART>?(?:the )?(?:(?:fiscal|financial)(?: year)?|FY) ?<YEAR>",
             r.fiscal_year, "Sales rose in [fiscal 2019].", "2019"),
        Rule("(?:the )?<YEAR> (?:fiscal|financial) year",
             r.fiscal_year, "Sales rose in [the 2019 fiscal year].", "2019"),
        Rule("(?:fiscal|FY) <year=SHORTYEAR>", r.fiscal_year, "Sales rose in [fiscal '19].", "2019"),
        Rule("<PART>?(?:<WHICH>|(?:the|its)(?: current| (?P<past>latest))?) (?:fiscal|financial) year(?! end)",
             r.fiscal_year, "The budget of [this fiscal year] grew.", "2021"),
        Rule("(?P<span>(?:the|its)(?: <WHICH>| latest)? (?:fiscal|financial) <unit=UNIT>),? (?:that )?(?:ended"
             "|ending)",
             r.duration, "Profit for [the fiscal year] ended [March 31] rose.", "P1Y 2021-03-31"),
    )),
    Group("decades", _cues("0000 00s 0000s '00s '00",
                           "twenties thirties forties fifties sixties seventies eighties nineties"), (
        Rule(r"<PART>?(?:the )?(?:(?:early|mid|late)~)?<DECADE>", r.decade, "Ties grew in [the mid-1990s].", "199"),
        Rule("<PART>?the (?:(?:early|mid|late)~)?<decade=SHORTDECADE>",
             r.decade, "Ties grew in [the early nineties].", "199"),
        Rule("(?:the )(?:first|second|last) half of the <DECADE>",
             r.decade, "It grew in [the last half of the '80s].", "198"),
    )),
    Group("decades beside decades", _cues("00s"), (
        Rule("{DECADE}(?: (?:and|or|to|into the|and the) |[-–/])(?P<span><decade=SHORTDECADE>)",
             r.decade, "Ties grew in [the 1960s] and [70s].", "196 197"),
    )),
    Group("centuries", _cues("century centuries"), (
        Rule("<PART>?(?:the )?(?:(?:early|mid|late)~)?<ordinal=CENTURYTH>~century <era=BC>",
             r.century, "It was founded in [the 9th century BC], it says.", "BC08"),
        Rule("<PART>?(?:the )?(?:(?:early|mid|late)~)?<ordinal=CENTURYTH>~century",
             r.century, "It is unique in [the 20th century].", "19"),
        Rule("(?P<span>(?:the )?(?:(?:early|mid|late)~)?<ordinal=CENTURYTH>) (?:and|or|to) (?:(?:early|mid|late)~)?"
             "{CENTURYTH} centur(?:y|ies)",
             r.century, "It was so in [the 18th] and [19th centuries].", "17 18"),
        Rule("(?:(?:early|mid|late)~)?<ordinal=CENTURYTH> centuries",
             r.century, "It was so in [the 18th] and [19th centuries].", "17 18"),
    )),
    Group("quarters and halves", _cues("quarter half q h period"), (
        Rule("(?:<PART>?(?:the )?(?:(?P<fiscal>fiscal)~)?<ordinal=ORDINAL>(?: fiscal)?~(?:quarter|(?P<half>half))"
             "(?: of|,)? (?:<YEAR>|<WHICH> year(?!'s)))",
             r.quarter, "It lost money in [the third quarter of 2019].", "2019-Q3"),
        Rule("(?:the )?(?:<YEAR>|<WHICH> year)(?:'s)? <ordinal=ORDINAL>~(?:quarter|(?P<half>half))",
             r.quarter, "Sales of [last year's first half] rose.", "2020-H1"),
        Rule("<ordinal=ORDINAL>-quarter", r.quarter, "Its [third-quarter] profit fell.", "2021-Q3"),
        Rule("(?:the )?<PART>?(?:(?P<fiscal>fiscal)~)?<ordinal=ORDINAL> (?:fiscal )?quarter(?! (?:of (?:the"
             "|an?)|century|finals?)\\b)",
             r.quarter, "Growth in [the third quarter] slowed.", "2021-Q3"),
        Rule("<ordinal=ORDINAL>~(?P<half>half)(?= (?:profits?|earnings|results?|sales|revenues?|net|losse?s?"
             "|growth|income)\\b)",
             r.quarter, "Its [first-half] profit fell.", "2021-H1"),
        Rule("(?:the )<ordinal=ORDINAL> (?:quarter|(?P<half>half)) of the year",
             r.quarter, "It slowed in [the first half of the year].", "2021-H1"),
        Rule("Q(?P<ordinal>[1-4])(?:,? <YEAR>)?", r.quarter, "The fund lost in [Q3 2019].", "2019-Q3"),
        Rule("(?-i:(?P<half>H))(?P<ordinal>[12]),? <YEAR>", r.quarter, "The fund lost in [H1 2019].", "2019-H1"),
        Rule("<YEAR>,? Q(?P<ordinal>[1-4])", r.quarter, "The fund lost in [2019 Q3].", "2019-Q3"),
        Rule("(?:the )?<WHICH> <unit=QUARTER>", r.which_unit, "It grew [this quarter].", "2021-Q4"),
        Rule("(?:the )?(?:latest|most recent|just-ended) (?:quarter|period)",
             r.latest_quarter, "It grew in [the latest quarter].", "2021-Q3"),
        Rule("(?P<span>the quarter),? (?:that )?end(?:ed|ing)(?: on)? <MONTH>",
             r.quarter_ended, "Profit for [the quarter] ended [July 31] rose.", "2021-Q2 2021-07-31"),
        Rule("(?:in|for|during|of) (?P<span>the quarter)(?! of)",
             r.latest_quarter, "It made a profit for [the quarter].", "2021-Q3"),
    )),
    Group("the same period of another year", _cues("quarter half period month months"), (
        Rule("(?:the )?(?:{LIKE} )?(?:year-(?:ago|earlier)|(?:prior|previous)-year) (?:(?:first|second|third|fourth) )?"
             "(?P<unit>quarter|period|month|half)",
             r.shifted_year, "It made less [this quarter] than in [the year-ago quarter].", "2021-Q4 2020-Q4"),
        Rule("(?:the )?(?:{LIKE} )?(?P<unit>quarter|period|month|(?:three|six|nine) months),?(?: in| of)?"
             " (?:last year|(?:the )?(?:previous|prior|preceding) year|a year (?:ago|earlier|before))",
             r.shifted_year, "It fell in [May 2021] from [the same month last year].", "2021-05 2020-05"),
        Rule("last year's (?P<unit>quarter|period|month|half)",
             r.shifted_year, "It fell in [May 2021] from [last year's period].", "2021-05 2020-05"),
        Rule("(?:the )?{LIKE} (?P<unit>quarter|period|month|half),?(?: in| of)? <YEAR>",
             r.same_in_year, "It fell in [May 2021] from [the same month of 2019].", "2021-05 2019-05"),
        Rule("(?:the )?<YEAR> (?P<unit>quarter|period)",
             r.same_in_year, "It fell in [May 2021] from [the 2019 period].", "2021-05 2019-05"),
    )),
    Group("named days", _cues("today tomorrow yesterday tonight"), (
        Rule("{TIMELY}?<NAMED>(?: <PARTOFDAY>)?", r.named_day, "They met [yesterday].", "2021-10-17"),
        Rule("<PARTOFDAY> <NAMED>", r.named_day, "Shares fell at [mid-afternoon yesterday].", "2021-10-17TAF"),
        Rule("<named=TONIGHT>", r.named_day, "They meet [tonight].", "2021-10-18TNI"),
    )),
    Group("weekdays", _cues(WEEKDAY_CUES), (
        Rule("<AHEAD> (?:the )?(?P<span><WEEKDAY>(?: <PARTOFDAY>)?)",
             r.weekday, "He spoke ahead of [Thursday]'s vote.", "2021-10-21"),
        Rule("<FIRST>(?: (?:to|through|until) |[-–])(?P<span><WEEKDAY>)",
             r.weekday, "They met from [Thursday] through [Sunday].", "2021-10-14 2021-10-17"),
        Rule("<WEEKDAY>", r.weekday, "He said so on [Thursday].", "2021-10-14"),
        Rule("the <ORDINAL> <WEEKDAY> (?:in|of) <MONTH>(?:,? <YEAR>)?",
             r.weekday_of_month, "They met on [the first Monday of May 2019].", "2019-05-06"),
        Rule("<WEEKDAY>,? the <day=DAYTH>", r.day_of_month, "They met on [Friday the 13th].", "2021-08-13"),
        Rule("{TIMELY}<WEEKDAY>", r.weekday, "He said so [earlier on Monday].", "2021-10-18"),
        Rule("{TIMELY}?(?:on )?<WHICH> <WEEKDAY>(?: <PARTOFDAY>)?",
             r.weekday, "He came [last Monday].", "2021-10-11"),
        Rule("{TIMELY}?<WEEKDAY>(?:'s)? <PARTOFDAY>(?!s)",
             r.weekday, "He came on [Friday night].", "2021-10-15TNI"),
        Rule("<PARTOFDAY>(?: on)? <WEEKDAY>", r.weekday, "He came [late afternoon Friday].", "2021-10-15TAF"),
        Rule("(?:the )?(?P<told>same|following|previous|preceding) <WEEKDAY>",
             r.weekday, "On [October 8] and [the previous Friday] it fell.", "2021-10-08 2021-10-01"),
        Rule("<WEEKDAY>(?: of)? <week=WHICH> week", r.weekday, "They meet on [Friday next week].", "2021-10-29"),
        Rule("<week=WHICH> week (?:on )?<WEEKDAY>", r.weekday, "He left [last week on Tuesday].", "2021-10-12"),
    )),
    Group("parts of the day", _cues("morning afternoon evening night overnight"), (
        Rule("(?:(?:early|late|later|earlier) )?(?P<which>this|last) <PARTOFDAY>",
             r.part_of_day, "It fell [last night].", "2021-10-17TNI"),
        Rule("(?P<which>over)(?P<partofday>night)", r.part_of_day, "It fell [overnight].", "2021-10-17TNI"),
        Rule("by (?P<span>(?:early|mid|late)~(?P<partofday>morning|afternoon|evening))",
             r.part_of_day, "By [mid afternoon] it was over.", "2021-10-18TAF"),
        Rule("(?:in|during|by) (?P<span>the <PARTOFDAY>)(?! of| hours| shows?| news| (?:news)?papers?)",
             r.part_of_day, "He spoke on [Friday]. In [the morning] he left.", "2021-10-15 2021-10-15TMO"),
        Rule("(?:(?:early|late) )?(?P<told>that|that same|(?:the )?(?:same|next|following|previous|preceding))"
             " <PARTOFDAY>(?! of)",
             r.told_part_of_day, "He spoke on [Friday] and left [the next morning].", "2021-10-15 2021-10-16TMO"),
        Rule("the <PARTOFDAY> (?P<told>before|after)(?= ?[.,;:)]|$)",
             r.told_part_of_day, "He spoke on [Friday]; they had met [the night before].", "2021-10-15 2021-10-14TNI"),
        Rule("(?:the |(?:early|late) in the )?<PARTOFDAY>(?: hours)? of (?:{DAYNAME},? )?<MONTH> <DAY>(?:,? <YEAR>)?",
             r.part_of_date, "It fell on [the night of Oct. 5].", "2021-10-05TNI"),
        Rule("(?:the |(?:early|late) in the )?<PARTOFDAY>(?: hours)? of (?:the )?<DAY>(?: of)? <MONTH>(?:,? <YEAR>)?",
             r.part_of_date, "It fell on [the morning of 5 October].", "2021-10-05TMO"),
    )),
    Group("the clock", _cues("am pm m 0am 00am 0pm 00pm 0:00 00:00 0:00am 0:00pm 00:00am 00:00pm hours",
                             "noon midnight midday clock tonight morning afternoon evening", ZONE_CUES), (
        Rule(r"<HOUR>(?:[:.](?P<minute>\d\d))? ?<HALF>(?:,? <ZONE>)?{ELSEWHERE}?",
             r.clock, "It ended at [5 p.m. EST].", "2021-10-18T17:00"),
        Rule(r"(?:<HOUR>|(?P<hourname>{HOURNAME}))(?::(?P<minute>\d\d))?(?: o'clock)? (?:(?P<tonight>tonight)|(?:this"
             " |in the )<PARTOFDAY>)",
             r.clock, "It ends at [9:30 tonight].", "2021-10-18T21:30"),
        Rule(r"<HOUR>[:.](?P<minute>\d\d)(?: ?h(?:ours|rs)?)?,? \(?<ZONE>{ELSEWHERE}?",
             r.clock, "It ended at [17:30 GMT].", "2021-10-18T17:30"),
        Rule(r"(?P<hour>[01]\d|2[0-4])(?P<minute>[0-5]\d) (?:<ZONE>|hours){ELSEWHERE}?",
             r.clock, "It ended at [1730 GMT].", "2021-10-18T17:30"),
        Rule(r"(?:at|by|until|since|from|around|before|after) (?P<span><HOUR>:(?P<minute>[0-5]\d))(?:,? <DAYNAME>)?",
             r.clock, "It ended at [17:30].", "2021-10-18T17:30"),
        Rule("(?:<HOUR>|(?P<hourname>{HOURNAME})) o'clock", r.clock, "It ended at [five o'clock].", "2021-10-18T05:00"),
        Rule("(?<!high\\s)(?P<clockname>noon|midnight|midday)", r.clock, "It ended at [noon].", "2021-10-18T12:00"),
    )),
    Group("this, last, next", _cues(UNIT_CUES), (
        Rule("<PART>?<WHICH> <unit=LONGUNIT>(?! of )", r.which_unit, "NATO expelled them [last week].", "2021-W41"),
        Rule("<SIDE>(?: on)? <WHICH> <unit=LONGUNIT>",
             r.which_unit, "[Earlier this month] it expelled eight.", "2021-10"),
        Rule("the <unit=LONGUNIT> (?P<which>before last|after next)",
             r.which_unit, "NATO expelled them [the week before last].", "2021-W40"),
        Rule("<PART>the <unit=LONGUNIT>(?! of )", r.which_unit, "It will close by [the end of the year].", "2021"),
        Rule("<SIDE> in the <unit=LONGUNIT>(?! of )", r.which_unit, "It left [earlier in the month].", "2021-10"),
        Rule("(?:{SIDE}|early|late) in the (?P<unit>day)", r.told_day, "He came [Friday] and left [later in the day].",
             "2021-10-15 2021-10-15"),
        Rule("(?:for|during|throughout) (?P<span>the (?P<unit>year|month))"
             "(?!,? (?:of|that|to|in|before|after|since|ended|ending)\\b)",
             r.which_unit, "It lost money for [the year].", "2021"),
        Rule("(?:rest|remainder|balance|most|much|part|course) of (?P<span>the <unit=LONGUNIT>)(?! of )",
             r.which_unit, "It is closed for the rest of [the year].", "2021"),
        Rule("(?:one day|some ?time) <WHICH> <unit=LONGUNIT>",
             r.which_unit, "They met [one day last week].", "2021-W41"),
        Rule("the (?P<unit>week|weekend) of <MONTH> <DAY>(?:,? <YEAR>)?",
             r.unit_of_date, "They meet [the week of Nov. 1].", "2021-W44"),
        Rule("(?:the )?(?P<which>next|last|coming) (?P<unit>century)(?! of )",
             r.which_unit, "It will matter in [the next century].", "21"),
    )),
    Group("weekends", _cues("weekend"), (
        Rule("<WHICH> weekend", r.which_weekend, "They met [last weekend].", "2021-W41-WE"),
        Rule("(?:over|during|for|at|of|after|since|through|(?P<ahead>ahead of|before|until|by)) (?P<span>the weekend)"
             "(?! of)",
             r.weekend, "They met over [the weekend].", "2021-W41-WE"),
    )),
    Group("the end of the year", _cues("end"), (
        Rule("(?P<unit>year|quarter|month|week)(?:'s)?~end", r.unit_end, "It will close by [month's end].", "2021-10"),
    )),
    Group("counted from the last date told", _cues(UNIT_CUES), (
        Rule("<PART>?(?:the )?<which=TOLDWHICH> <unit=TOLDUNIT>(?! (?:of|that|which))",
             r.told_unit, "He left in [May 2019] and came back [the following month].", "2019-05 2019-06"),
        Rule("the <unit=TOLDUNIT> <which=NEXTTO>",
             r.told_unit, "He left on [May 5, 2019]; they had met [the day before].", "2019-05-05 2019-05-04"),
        Rule("the (?P<which>next) (?P<unit>day)",
             r.told_unit, "He left on [May 5, 2019] and came back [the next day].", "2019-05-05 2019-05-06"),
        Rule("(?:by|until|till|since|from) (?P<span>the (?P<which>next) <unit=LONGUNIT>)",
             r.told_unit, "It began in [May 2019] and ended by [the next month].", "2019-05 2019-06"),
        Rule("<SIDE> (?:in )?<which=TOLDWHICH> <unit=TOLDUNIT>",
             r.told_unit, "It was [2019]; [later that year] he left.", "2019 2019"),
        Rule("(?P<unit>year)-(?P<direction>ago|earlier)(?= )",
             r.compared_year, "In [May 2019] it made less than its [year-earlier] profit.", "2019-05 2018-05"),
    )),
    Group("earlier and later", _cues("earlier before previously later after afterward afterwards"), (
        Rule("(?:<ABOUT> )?(?P<number>an?|{NUMBER}|{FEW})(?:{UPTO})? <unit=UNITS> <direction=LATER>",
             r.shifted, "It began in [May 2019] and ended [two years later].", "2019-05 2021-05"),
        Rule("(?:many )?<unit=PLURAL> <direction=LATER>",
             r.shifted_vaguely, "It began in [May 2019] and ended [years later].", "2019-05 PXY"),
    )),
    Group("a year earlier, as a yardstick", _cues("ago earlier"), (
        Rule("(?:from|with|than|versus|to|{AMOUNT},?) (?:that of )?"
             "(?P<span>a year (?:ago|earlier|before(?= ?[.,;:)]|$)))",
             r.compared_year, "It lost more in [August] than [a year ago].", "2021-08 2020-08"),
    )),
    Group("ago and from now", _cues("ago now hence from"), (
        Rule("(?:<ABOUT> )?(?P<number>an?|{NUMBER}|{FEW})(?:{UPTO})?~<unit=UNITS> (?P<direction>ago|from now|hence)",
             r.ago, "NATO proposed it [over 18 months ago].", "2020-04"),
        Rule("(?P<number>an?|{NUMBER}) <unit=UNITS> (?P<direction>ago|from) (?:<NAMED>|<WEEKDAY>)",
             r.counted_from_day, "They will meet [a week from tomorrow].", "2021-10-26"),
        Rule("(?:<ABOUT> )?(?:an? )?quarter~(?:of a )?century ago",
             r.quarter_century_ago, "They met [a quarter-century ago].", "1996"),
        Rule("(?:<ABOUT> )?half (?:a|an) <unit=UNIT> ago", r.half_ago, "They met [half a year ago].", "2021-04"),
        Rule("(?:(?:a )?(?:very )?(?:long|short|little)(?: time| while)?|some time|(?:a )?(?:while|moments?)|{PLURAL}"
             "|not (?:so |that |too )?long) ago",
             r.PAST, "It was lost [long ago].", "PAST_REF"),
    )),
    Group("spans up to now or from now on", _cues(UNIT_CUES), (
        Rule("(?:for|in|over|during) (?P<span>the (?:first |latest |past )?(?P<number>six|nine|12|twelve)"
             " (?P<unit>months))(?! of )",
             r.months_reported, "It lost less in [the nine months].", "P9M"),
        Rule("(?P<number>six|nine|12|twelve)-(?P<unit>month)"
             "(?= (?:net|profits?|earnings|results?|loss|sales|revenues?|period)\\b)",
             r.months_reported, "Its [nine-month] profit fell.", "P9M"),
        Rule("(?:each of )?(?:(?:at least|about|nearly|almost|more than) )?(?:the )?"
             "(?:last|past|next|coming|previous|first|latest|following|final|preceding|remaining)"
             "(?: (?:<ABOUT> )?(?P<number>{NUMBER}|{FEW}))(?:{UPTO})?(?:~{MORE})?~<unit=UNITS>(?! of )(?: or so)?",
             r.duration, "It fell in [the past two months].", "P2M"),
        Rule("(?:the )?(?:last|past|next) <unit=UNIT> and a half",
             r.unit_and_half, "It fell in [the past year and a half].", "P1Y6M"),
        Rule("the (?:past|last|coming|next) <unit=LONGUNIT>(?! of )", r.duration, "It fell in [the past year].", "P1Y"),
        Rule("the <which=CURRENT> <unit=LONGUNIT>", r.which_unit, "It fell in [the current year].", "2021"),
        Rule("(?:recent|past|previous) (?:{PLURAL}|quarters)(?: and {PLURAL})?",
             r.PAST, "Talks were limited in [recent years].", "PAST_REF"),
        Rule("the (?:recent|past|last|previous|intervening) <unit=PLURAL>(?! (?:of|in) )",
             r.vague_duration, "Ties got worse in [the past years].", "PXY"),
        Rule("(?:the )?(?:coming|next|following) <unit=PLURAL>",
             r.vague_duration, "It will grow in [the coming weeks].", "PXW"),
        Rule("the <unit=PLURAL> (?:ahead(?! of)|to come)",
             r.vague_duration, "It will grow in [the weeks ahead].", "PXW"),
        Rule("(?:in|for|over) (?P<span><unit=PLURAL> to come)",
             r.vague_duration, "It will grow for [years to come].", "PXY"),
        Rule("(?:over|through) (?P<span>the <unit=PLURAL>)(?! (?:of|ahead|to come) )",
             r.vague_duration, "They met often over [the years].", "PXY"),
        Rule("in (?P<span>the <unit=PLURAL>)(?= (?:since|before|after|following|leading|that followed)\\b)",
             r.vague_duration, "It grew in [the years] after the war.", "PXY"),
        Rule("(?P<span>the (?:(?P<number>{NUMBER}) )?<unit=UNITS>),? (?:that )?(?:ended|ending)",
             r.duration, "Profit for [the six months] ended [June 30] rose.", "P6M 2021-06-30"),
    )),
    Group("each and every", _cues("every each"), (
        Rule("(?:every|each)(?: (?:(?P<other>other)|single|<NUMBER>))? <unit=UNITS>(?! of the)",
             r.every, "They meet [every two weeks].", "P2W"),
        Rule("(?:every|each) <PARTOFDAY>", r.each_part_of_day, "They meet [every morning].", "XXXX-XX-XXTMO"),
        Rule("(?:every|each) <WEEKDAY>(?: <PARTOFDAY>)?", r.weekdays, "They meet [every Monday].", "XXXX-WXX-1"),
    )),
    Group("each week on a weekday", _cues("mondays tuesdays wednesdays thursdays fridays saturdays sundays weekends",
                                          "mornings afternoons evenings nights"), (
        Rule("<WEEKDAY>s", r.weekdays, "They meet on [Mondays].", "XXXX-WXX-1"),
        Rule("(?:on|at) (?P<span>weekends)", r.fixed("SET", "XXXX-WXX-WE"), "They meet on [weekends].", "XXXX-WXX-WE"),
        Rule("<WEEKDAY> (?P<partofday>mornings|afternoons|evenings|nights)",
             r.weekdays, "They meet on [Monday nights].", "XXXX-WXX-1TNI"),
    )),
    Group("rhythms", _cues("hourly daily weekly monthly annually yearly nightly"), (
        # A paper may be a daily: the daily Granma.
        Rule("(?-i:(?P<rhythm>hourly|daily|weekly|monthly|annually|yearly|nightly)(?! [A-Z]))",
             r.rhythm, "Its [daily] tally rose.", "P1D"),
    )),
    Group("rates", _cues(UNIT_CUES), (
        Rule("per <unit=UNIT>", r.every, "It makes 400 cars [per month].", "P1M"),
        Rule("(?:once|twice|{NUMBER} times) (?:an?|per|each|every) <unit=UNIT>",
             r.every, "They meet [twice a year].", "P1Y"),
        Rule(rf"(?:[$£€]?\d[\d,.]{{0,15}}|{ONES}|ten|dozen|million|billion|thousand|hundred|per ?cent|%)"
             r"[^.,;:\n]{0,25}? (?P<span>(?:an?|per) <unit=UNIT>)"
             "(?! ago| earlier| later| before| after|-)",
             r.every, "It costs $5 million [a year].", "P1Y"),
    )),
    Group("the present, the past, the future", _cues(
        "now currently current present presently nowadays date days moment recently recent lately late past time",
        "future soon day someday point stage term previously earlier then"), (
        Rule("(?:by |until |right |just )?(?P<span>now)(?! that)", r.PRESENT, "They are [now] at odds.", "PRESENT_REF"),
        Rule("currently|presently|nowadays|(?:these|present) days|at present|at the (?:present )?moment(?! of)"
             "|at (?:this|the present) (?:(?:very|crucial|critical|particular|late|early) )?"
             "(?:point|moment|time|stage)",
             r.PRESENT, "They are [currently] at odds.", "PRESENT_REF"),
        Rule("to (?P<span>date|this day)(?= ?[.,;:)]|$| (?:and|but|have|has|is|are)\\b)",
             r.PRESENT, "It is the largest to [date].", "PRESENT_REF"),
        Rule("current(?! affairs)", r.PRESENT, "The [current] talks will fail.", "PRESENT_REF"),
        Rule("(?:more |most )?recently(?! as)|lately|of late", r.PAST, "He [recently] met them.", "PAST_REF"),
        Rule("recent", r.PAST, "The [recent] talks failed.", "PAST_REF"),
        Rule("in (?P<span>the (?:recent |distant )?past)(?! {NUMBER})(?! {UNITS})",
             r.PAST, "They did so in [the past].", "PAST_REF"),
        Rule("at (?P<span>(?:the|that) time)(?! (?:of|when|that)\\b)",
             r.PAST, "He was in office at [the time].", "PAST_REF"),
        Rule("(?:the )?(?:near|foreseeable|distant|immediate) future|(?:in|of|about|for) (?P<span>the future)",
             r.FUTURE, "No change is likely in [the foreseeable future].", "FUTURE_REF"),
        Rule("(?<!\\bas\\s)(?<!\\btoo\\s)(?:very |pretty |any ?time )?soon(?! after)",
             r.soon, "They will meet [soon].", "FUTURE_REF"),
        Rule("as soon as possible|some ?day|one day(?= (?:be|will|would|come|become))",
             r.FUTURE, "They will meet [as soon as possible].", "FUTURE_REF"),
        Rule("(?:will|would|may|might|could) (?P<span>one day)", r.FUTURE, "It may [one day] end.", "FUTURE_REF"),
        Rule("in (?P<span>the (?:near|short|medium|long)(?:er)? term)",
             r.FUTURE, "It may fall in [the short term].", "FUTURE_REF"),
        Rule("at (?P<span>(?:a|some) (?:later|future) (?:date|time|point|stage))",
             r.FUTURE, "They will meet at [a later date].", "FUTURE_REF"),
        Rule("at (?P<span>an earlier (?:date|time|stage))", r.PAST, "They met at [an earlier date].", "PAST_REF"),
        Rule("(?-i:Previously)|had (?P<span>previously)", r.PAST, "It had [previously] asked for talks.", "PAST_REF"),
        Rule("previously(?= (?:said|told)\\b| [a-z]+ed (?:that|the|its|his|her|their|it|he|she|they|an?)\\b)",
             r.PAST, "It [previously] announced the talks.", "PAST_REF"),
        Rule("(?:said|announced|reported|(?:told|asked|warned) \\w+) (?P<span>earlier)(?= that\\b| ?[.,;:]|$)",
             r.PAST, "He said [earlier] that they had met.", "PAST_REF"),
        Rule("since (?P<span>then)", r.then, "It was founded in [2002]. They have met since [then].", "2002 2002"),
    )),
    Group("seconds", _cues("second"), (
        Rule(r"(?P<number>\d+)-(?P<unit>second)", r.duration, "It was a [30-second] film.", "PT30S"),
    )),
    Group("halves of units", _cues("half"), (
        Rule("(?:<ABOUT> )?an? <unit=UNIT> and a half",
             r.unit_and_half, "They talked for [a year and a half].", "P1Y6M"),
        Rule("(?:<ABOUT> )?(?P<number>half)(?:~an?)?~<unit=UNIT>",
             r.duration, "They talked for [half an hour].", "PT30M"),
    )),
    Group("long and short times", _cues("time while"), (
        Rule("(?:for|after|in|such|quite) (?P<span>(?:a (?:very )?)?(?:long|short)(?: period of)? time|some"
             " time|a (?:short |long |little )?while)",
             r.fixed("DURATION", "PXX"), "They had not met for [a long time].", "PXX"),
    )),
    Group("durations", _cues(UNIT_CUES, "quarter hourlong daylong weeklong monthlong yearlong"), (
        Rule("an? <NUMBER>-<unit=UNITS> (?:period|span|stretch)",
             r.duration, "It fell over [a three-year period].", "P3Y"),
        Rule("the (?!{YEAR} )<NUMBER> <unit=PLURAL>", r.duration, "They talked in [the three hours] left.", "PT3H"),
        Rule("(?:<ABOUT> )?<NUMBER>{UPTO}~<unit=UNITS>",
             r.duration, "It takes [two to three weeks].", "P2W"),
        Rule("(?:<ABOUT> )?(?!{YEAR}~{UNIT}\\b)<NUMBER>(?:~{MORE}){0,2}~<unit=UNITS>",
             r.duration, "They talked for [three hours].", "PT3H"),
        *(Rule(f"(?:<ABOUT> )?(?P<number>an?|{{NUMBER}}) (?P<unit>{unit}s?)(?:,| and|, and)? (?P<more>{{NUMBER}})"
               f" (?P<finer>{finer}s?)", r.compound, f"It took [one {unit} and 20 {finer}s].", value)
          for unit, finer, value in (("hour", "minute", "PT1H20M"), ("year", "month", "P1Y20M"),
                                     ("minute", "second", "PT1M20S"))),
        Rule("(?:<ABOUT> )?<NUMBER> and (?:one|a)~half~<unit=UNITS>",
             r.unit_and_half, "It took [six and one-half years].", "P6Y6M"),
        Rule("(?:<ABOUT> )?(?:a |an )?(?P<number>{FEW})(?: {MORE}){0,2}~<unit=UNITS>",
             r.duration, "They talked for [several days].", "PXD"),
        Rule("(?:<ABOUT> )?(?P<number>an?)(?: {MORE}| entire){0,2}~<unit=UNIT>(?! of {MONTH})(?: or (?:two|so|more))?",
             r.duration, "They talked for [an hour].", "PT1H"),
        Rule("another <unit=UNIT>", r.duration, "They talked for [another week].", "P1W"),
        Rule("the (?:entire|whole|full) <unit=UNIT>", r.duration, "They talked for [the whole day].", "P1D"),
        Rule("(?:for|within|after|in|over|took|last(?:ed)?|before|following|follows|spen[dt]|since|despite"
             "|requires?) (?P<span>(?:many )?<unit=PLURAL>)(?! of age|-)",
             r.vague_duration, "They talked for [decades].", "PXDE"),
        Rule("(?<!the\\s)(?<!early\\s)(?<!late\\s)(?<!small\\s)<unit=PLURAL>"
             "(?= of (?-i:[a-z]))(?! of (?:age|the|this|that)\\b)",
             r.vague_duration, "It ended [months] of doubt.", "PXM"),
        Rule("(?:the )?<unit=PLURAL>(?= (?:before|after|away)\\b)",
             r.vague_duration, "It came [weeks] after he left.", "PXW"),
        Rule("<unit=PLURAL>-(?:long|old)", r.vague_duration, "It was a [decades-long] war.", "PXDE"),
        Rule(r"<NUMBER>-(?:plus|odd)[- ]<unit=UNITS>", r.duration, "It took [20-odd years].", "P20Y"),
        Rule("(?:an? |the )?(?:(?:past|last|next) )?quarter~(?:of a )?century", r.fixed("DURATION", "P25Y"),
             "It took [a quarter-century].", "P25Y"),
        Rule("<NUMBER>-<unit=AGE>-old", r.duration, "The [two-decade-old] body met.", "P2DE"),
        Rule("(?:<unit=UNIT>-|(?P<joined>day|week|month|year|hour))long", r.long, "It was a [year-long] war.", "P1Y"),
    )),
    Group("seasons", _cues("spring summer autumn fall winter"), (
        Rule("<PART>?(?:the )?<SEASON>(?: of|,)? <YEAR>", r.season_of, "It was lost in [the fall of 2019].", "2019-FA"),
        Rule("(?P<span><PART>?(?:the )?<SEASON>)(?: and |[-–/])(?:(?:early|late) )?{SEASON}(?: of|,)? <YEAR>",
             r.season_of, "It was lost in [the spring] and [summer of 2019].", "2019-SP 2019-SU"),
        Rule("<PART>?<WHICH> <season=SURESEASON>", r.season_of, "They met [last summer] in Rome.", "2021-SU"),
        # This fall in prices is no season, but last fall is one even where "in" comes after it.
        Rule("<PART>?<WHICH> <SEASON>(?! (?:of|in) )", r.season_of, "They met [this fall].", "2021-FA"),
        Rule("<PART>?(?:the )?<SEASON>(?: of)? <yearof=WHICH> year",
             r.season_of, "It will be lost in [the spring of next year].", "2022-SP"),
        Rule("<PART>?(?:the )?(?P<told>same|that same|that|following|previous|next) <SEASON>(?! (?:of|in) )",
             r.told_season, "It began in [May 2019] and ended [that winter].", "2019-05 2019-WI"),
        Rule("<PART>?(?:the )?<SEASON> of (?:the )?(?P<told>same|that|following|previous|next) year",
             r.told_season, "It began in [2019] and ended in [the spring of the following year].", "2019 2020-SP"),
        Rule("(?P<which>last|next) <SEASON>"
             "(?= in (?!(?:the )?(?:\\w+ )?(?:prices?|sales|profits?|shares?|rates?|output)\\b))",
             r.season_of, "He was shot [last fall] in his home.", "2020-FA"),
        Rule("(?:in|over|during|of|by|since|until|through(?:out)?|before|after|for|spent) (?P<span><PART>?the <SEASON>)"
             "(?! (?:of|in) )(?-i:(?! [A-Z]))",
             r.season_of, "They met over [the summer].", "2021-SU"),
        Rule("(?:in|by|until|before|through|throughout|(?P<past>since)) (?P<span><SEASON>)(?! (?:of|in) )"
             "(?-i:(?! [A-Z]))",
             r.season_of, "They have not met since [spring].", "2021-SP"),
        Rule("(?-i:(?P<season>summer|autumn|winter))(?! (?:of|in) )(?-i:(?! [A-Z]))",
             r.season_of, "Its [summer] sales fell.", "2021-SU"),
        Rule("(?-i:(?P<season>spring|fall))(?= (?:campaign|collection|convention|election|festival|meeting|offensive"
             "|season|semester|term)s?\\b)",
             r.season_of, "The [fall] elections were free.", "2021-FA"),
        Rule("<PART><SEASON>(?! (?:of|in) )", r.season_of, "They met in [late summer].", "2021-SU"),
    )),
    Group("holidays", _cues("christmas easter halloween boxing new valentine valentines armistice veterans may july",
                            "bastille patrick king presidents memorial labor columbus election thanksgiving",
                            "inauguration good palm ash black cyber mother mothers father fathers earth april women",
                            "aids remembrance juneteenth canada australia groundhog"), (
        Rule("(?:<WHICH> )?<HOLIDAY>(?:,? <YEAR>)?", r.holiday, "It will end by [Christmas].", "2021-12-25"),
    )),
)
