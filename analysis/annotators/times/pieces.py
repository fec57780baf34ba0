"""The pieces that patterns are made of, and the short hand in which they are written.

    (space)   one gap of white space, a line break included
    ~         a gap or a hyphen
    '         a straight or a curly apostrophe
    {NAME}    a piece, listed in PIECES
    <NAME>    a piece that the reader gets as a group, under its name in lower case
    <x=NAME>  the same, under the name x

Upper and lower case are alike except where a piece says otherwise.
"""

from __future__ import annotations

import re

from ...numbers import MONTHS, NUMBERS, ORDINALS

_CAPITAL = "(?-i:(?=[A-Z]))"
_NUMBERS, _RANKS = tuple(NUMBERS), tuple(ORDINALS)  # from zero, and from the first
ONES, _TEENS, _TENS = "|".join(_NUMBERS[1:10]), "|".join(_NUMBERS[10:20]), "|".join(_NUMBERS[20:])
FIRST_TO_NINTH, _TEENTHS = "|".join(_RANKS[:9]), "|".join(_RANKS[9:19])
FULL_MONTH = "|".join(MONTHS).title()
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COUNT = (
    r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d{1,3})?(?: [1-9]/[2-9]| ?½)?"
    rf"|(?:{_TENS})(?:~(?:{ONES}))?|{_TEENS}|{ONES}"
    r"|an?(?= (?:hundred|thousand|million|billion|dozen|couple))|half|(?:dozen|hundred|thousand)(?= )"
)

PIECES = {
    # names
    "MONTH": _CAPITAL + rf"(?:{FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)",
    "MONTHNAME": _CAPITAL + rf"(?:{FULL_MONTH}|(?:Jan|Feb|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\.)",
    "SUREMONTH": _CAPITAL + "(?:January|February|April|June|July|August|September|October|November|December)",
    "WEEKDAY": _CAPITAL + _WEEKDAY,
    "FIRST": _CAPITAL + _WEEKDAY,
    "DAYNAME": _CAPITAL + rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\.?)",
    "SEPTEMBER": _CAPITAL + r"Sept(?:ember|\b\.?)",
    "SEASON": "spring|summer|autumn|fall|winter",
    "SURESEASON": "spring|summer|autumn|winter",
    "HOLIDAY": "Christmas Eve|Christmas Day|Christmas|Boxing Day|New Year's Eve|New Year's Day|New Year's"
               "|Valentine'?s Day|Halloween|Armistice Day|Veterans Day|May Day|(?:the )?Fourth of July|Bastille Day"
               "|St\\.? Patrick's Day|Martin Luther King(?: Jr\\.?)? Day|Presidents'? Day|Memorial Day|Labor Day"
               "|Columbus Day|Election Day|Inauguration Day|Thanksgiving(?: Day)?|Easter Sunday|Easter Monday|Easter"
               "|Good Friday|Palm Sunday|Ash Wednesday|Black Friday|Cyber Monday|Mother's Day|Father's Day|Earth Day"
               "|April Fools?'s? Day|International Women's Day|World AIDS Day|Remembrance Day|Juneteenth|Canada Day"
               "|Australia Day|Groundhog Day",
    # numbers of the calendar
    "DAY": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)",
    "WORDDAY": f"(?:twenty~)?(?:{FIRST_TO_NINTH})|{_TEENTHS}|twentieth|thirtieth|thirty~first",
    "DAYTH": r"(?:[12]?1st|2?2nd|2?3rd|(?:[12]\d|30|[4-9])th|31st)",
    "YEAR": r"(?:1\d\d\d|20\d\d)(?!\d)",
    "MODERNYEAR": r"(?:1[7-9]\d\d|20\d\d)(?!\d)",
    "OLDYEAR": r"1[0-6]\d\d(?!\d)",
    "SPOKENYEAR": rf"(?:(?:nineteen|eighteen) (?:{_TENS})(?:~(?:{ONES}))?|two thousand)",
    "SHORTYEAR": r"'\d\d(?!\d)",
    "ORDINAL": r"first|second|third|fourth|[1-4](?:st|nd|rd|th)|last|latter|final",
    "BC": r"BCE?|B\.C\.?(?:E\.?)?",
    "CENTURYTH": r"(?:1?\d|2[01])(?:st|nd|rd|th)|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|twenty~first",
    "DECADE": r"(?:1\d|20)\d0'?s|'[1-9]0'?s",
    # people are in their 40s too, so these need "the"
    "SHORTDECADE": r"[2-9]0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties",
    # amounts
    "NUMBER": rf"(?:{_COUNT})(?:-dozen|(?: (?:hundred|thousand|million|billion|dozen|couple)){{0,3}})(?: of)?"
              "(?:~and~a~half)?",
    "FEW": "(?:a )?few|several(?: hundred| dozen)?|some|many|a number of|(?:a )?couple of|a couple"
           "|(?:dozens|hundreds|thousands|millions) of",
    "UPTO": rf"(?:-? (?:to|or) |(?<!ty)[-–])(?:{_COUNT})",  # to three; but thirty-three
    "ABOUT": "(?:just |well )?(?:over|under)|(?:more|less|fewer) than|nearly|almost|about|around|at least|at most|up to"
             "|roughly|approximately|some",
    "MORE": "(?:more|straight|consecutive|full|additional|further|solid|long|whole|business|working|trading|calendar)",
    # units; a singular "second" is an ordinal far more often than a time
    "UNIT": "(?:minute|hour|day|week|weekend|fortnight|month|quarter|semester|year|decade|century)",
    "UNITS": "(?:seconds|minutes?|hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|quarters?|semesters?|years?"
             "|decades?|century|centuries)",
    "AGE": "(?:decade|century)",  # nobody's age is counted in these, so they tell that of a thing
    "LONGUNIT": "(?:week|month|quarter|year|decade|century)",
    "PLURAL": "(?:seconds|minutes|hours|days|weeks|months|years|decades|centuries)",
    "QUARTER": "quarter",
    "TOLDUNIT": "(?:day|week|month|quarter|year|decade)",
    "LATER": r"earlier|later|previously|afterwards?|(?:before|after)(?= ?[.,;:)]|$)",
    "WHICH": "this past|this coming|this|last|next|coming|upcoming|current",
    "TOLDWHICH": "same|that same|that|following|previous|preceding|prior",
    "LIKE": "(?:same|comparable|corresponding|similar|like|equivalent)",
    "NEXTTO": r"(?:before|earlier|after|later|following)(?= ?[.,;:)]|$)",
    # what is counted by 1,000 to 2,099, so that "2000 people" is no year
    "COUNTED": "(?:people|troops|soldiers|men|women|children|jobs|workers|staff|miles|kilomet(?:er|re)s|km|feet"
               "|met(?:er|re)s"
               "|(?:registered|likely|eligible) voters|adults|respondents|delegates|households"
               "|points|tons|tonnes|dollars|euros|pounds|times|years|words|shares|votes|seats|megawatts|per ?cent"
               "|million|billion|degrees)",
    # what is compared with a year ago
    "AMOUNT": r"(?:share|cents|units|tons|barrels|(?:m|b|tr)illion|per ?cent|\d|%)",
    # parts
    "PART": r"(?:the |its )?(?:very )?(?:beginning|start|middle|end|close) of |(?:early|mid|middle|late)(?: in| on)?~",
    "SIDE": "earlier|later",
    "TIMELY": "(?:early|late|earlier|later)(?: on)? ",
    "PARTOFDAY": "(?:(?:early|late|mid)~)?(?:morning|afternoon|evening|night)",
    "NAMED": "the day before yesterday|yesterday|the day after tomorrow|tomorrow|today",
    "TONIGHT": "tonight",
    "AHEAD": "ahead of|(?:in|until) the (?:lead|run)[- ]?up to|heading into",
    "CURRENT": "current",
    # the clock
    "HOUR": r"(?:[01]?\d|2[0-4])(?!\d)",
    "HOURNAME": f"{ONES}|ten|eleven|twelve",
    "HALF": r"a\.?m\.?|p\.?m\.?",
    # the same moment by another clock: 10 a.m. (0700 GMT)
    "ELSEWHERE": r"(?: ?\((?:[01]?\d|2[0-4])[:.]?[0-5]\d (?:GMT|UTC|EST|EDT|BST|CET|CEST)\))",
    "ZONE": "(?-i:(?:GMT|UTC|BST|CEST|CET|EST|EDT|ET|CST|CDT|CT|PST|PDT|PT|MST|MDT|MSK|IST|JST)\\b)|local time|"
            "(?:Eastern|Central|Pacific|Moscow|London|Beijing)(?: (?:standard|daylight))? time",
}


def expand(pattern: str) -> str:
    """Write the short hand out.

    Examples
    --------
    >>> expand("at~<SIDE>")
    'at(?:\\\\s{1,3}|[-‐‑–])(?P<side>earlier|later)'
    """
    pattern = re.sub(r"<(?:(\w+)=)?([A-Z]+)>", lambda m: f"(?P<{m[1] or m[2].lower()}>{PIECES[m[2]]})", pattern)
    pattern = re.sub(r"\{([A-Z]+)\}", lambda m: f"(?:{PIECES[m[1]]})", pattern)
    pattern = pattern.replace("~", "(?:\\s{1,3}|[-‐‑–])")
    return pattern.replace("'", "['’‘]").replace(" ", "(?:\\s{1,3})")
