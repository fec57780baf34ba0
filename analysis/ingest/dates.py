"""Publication dates as people, pages and databases write them → ISO 8601, with what is unsure about them.

A grammar of whole dates, not a search for something like a date: what is not wholly a date is none. A parser that
fills in what is missing (`dateutil` takes today's month and year) would make days of publication of "May 2020 budget"
and "1984".
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_tz

MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr)
          for number, name in enumerate(names) if name} | {"sept": 9}
YEARS = range(1600, 2100)  # newspapers begin in the 17th century; other numbers are no years of publication
# Zones that RFC 2822 defines, and two that mean one thing only; BST, IST or MST's Malaysian namesake mean several.
ZONES = {name: parsedate_tz(f"Mon, 1 Jan 2001 00:00:00 {name}")[9] // 60 for name in
         ("UT", "UTC", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT")}
ZONES |= {"Z": 0, "CET": 60, "CEST": 120}
EPOCH_NAMES = re.compile(r"epoch|timestamp|unix|(?:^|_)(?:ts|utc|ms)(?:_|$)", re.IGNORECASE)
EPOCH_MILLISECONDS = 10**11  # as seconds the year 5138, as milliseconds 1973
LONGEST = 120  # characters; a longer string is no date, and need not be tried

_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_DATES = [re.compile(rf"(?:{_WEEKDAY},?\s+)?(?:{form})(?:(?:,\s*|\s+){_WEEKDAY})?", re.IGNORECASE) for form in (
    r"(?P<year>\d{4})(?P<separator>[-/.])(?P<month>\d{1,2})(?P=separator)(?P<day>\d{1,2})",
    rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
    rf"{_MONTH}\s*{_DAY},?\s+{_YEAR}",
    rf"{_YEAR}[\s-]+{_MONTH}[\s-]+{_DAY}",
)]
_NUMBERS = re.compile(r"(?P<one>\d{1,2})(?P<separator>[-/.])(?P<two>\d{1,2})(?P=separator)(?P<year>\d{4})")
_MONTH_OF_YEAR = re.compile(rf"{_MONTH},?\s+{_YEAR}", re.IGNORECASE)
_RUN = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d{1,9})?)?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>[A-Z]{1,5})?\s*(?P<offset>[+-]\d{1,2}(?::?\d\d)?)?(?:\s[A-Z]{1,5})?", re.IGNORECASE)
_TIME_FIRST = re.compile(rf"(?P<time>\d{{1,2}}[:.]\d\d[^,|]{{0,20}}?),?\s+(?:on\s+)?(?P<day>(?:{_WEEKDAY},?\s+)?\d.*|"
                         rf"(?:{_WEEKDAY},?\s+)?{_MONTH}\s.*)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:\s*,)?\s*(?:\bat\b|[T|·•—–-])?\s*", re.IGNORECASE)
_LABEL = re.compile(r"(?:(?:first\s+)?(?:published|posted|issued|publication date|date)(?:\s+(?:on|at))?)\s*:?\s*",
                    re.IGNORECASE)
_UPDATED = re.compile(r"\b(?:updated|modified|revised|last\s+edited)\b", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"\d{4}")
_PARTS = re.compile(r"\s*(?:[|·•—–]|\s-\s)\s*")


@dataclass(frozen=True, slots=True)
class Reading:
    """A date read: `value` is an ISO 8601 day, moment or interval; `note` says what is unsure, where something is."""

    value: str
    note: str | None = None


def read_date(text: str, *, day_first: bool | None = None) -> Reading | None:
    """Read a string that is wholly a date, perhaps with a time and a zone.

    Parameters
    ----------
    text : such as "2021-10-18T14:05:00Z", "Mon, 18 Oct 2021 14:05:00 +0000", "18 Oct 2021 14:05 GMT",
        "October 18, 2021 Monday", "18/10/2021", "Oct. 2021".
    day_first : whether the day comes first in 05/10/2021, where that is known of the whole column.

    Returns
    -------
    `Reading`, or None where the string is anything else. Where day and month could each be the other, and for a month,
    the reading is an interval.

    Examples
    --------
    >>> read_date("18 Oct 2021 14:05 GMT").value
    '2021-10-18T14:05+00:00'
    >>> read_date("05/10/2021").value, read_date("05/10/2021").note
    ('2021-05-10/2021-10-05', "'05/10/2021' is 2021-05-10 or 2021-10-05: day and month are not told apart")
    >>> read_date("Oct. 2021").value
    '2021-10-01/2021-10-31'
    >>> read_date("May 2020 budget: what it means"), read_date("1984"), read_date("Monday's papers")
    (None, None, None)
    """
    text = re.sub(r"[()]", "", " ".join(text.split())) if len(text) <= LONGEST else ""
    turned = _TIME_FIRST.fullmatch(text)
    return _read(text, day_first) or (_read(f"{turned['day']} {turned['time']}", day_first) if turned else None)


def read_cell(value: object, column: str, *, day_first: bool | None = None) -> Reading | None:
    """Read a date from a cell of a table: also digits, a year, and seconds since 1970 where the column is named so.

    Examples
    --------
    >>> read_cell("20211018", "date").value, read_cell("2021", "year").value
    ('2021-10-18', '2021-01-01/2021-12-31')
    >>> read_cell(1634565900, "timestamp").value
    '2021-10-18T14:05:00+00:00'
    >>> read_cell(1634565900, "date")
    """
    if isinstance(value, datetime):
        midnight = value.time() == time() and value.tzinfo is None  # how a table writes a day
        return Reading(value.date().isoformat() if midnight else value.isoformat(timespec="seconds"))
    if isinstance(value, date):
        return Reading(value.isoformat())
    text = str(value).strip()
    number = text.removesuffix(".0")
    if number.isascii() and number.isdigit():
        return _digits(number, column)
    return read_date(text, day_first=day_first)


def day_comes_first(values: Iterable[object]) -> bool | None:
    """Tell from a whole column of dates such as 18/10/2021 whether the day comes first; None where nothing tells.

    Examples
    --------
    >>> day_comes_first(["05/10/2021", "18/10/2021"]), day_comes_first(["05/10/2021"])
    (True, None)
    >>> day_comes_first(["18/10/2021", "10/18/2021"])
    """
    said = set()
    for value in values:
        match = _NUMBERS.match(str(value).strip()[:LONGEST])
        if match and max(int(match["one"]), int(match["two"])) > 12:
            said.add(int(match["one"]) > 12)
    return said.pop() if len(said) == 1 else None


def date_line(line: str) -> Reading | None:
    """Read a line at the head of an article that is a date, perhaps after "Published" or beside a byline.

    A date of an update is not one of publication, and a line of which a date is only a part is none.

    Examples
    --------
    >>> date_line("By Ada Lopez | Published: October 18, 2021, 2:05 p.m. EDT").value
    '2021-10-18T14:05-04:00'
    >>> date_line("Updated 19 October 2021"), date_line("On 18 October 2021 the bridge closed.")
    (None, None)
    """
    if len(line) > 2 * LONGEST or not _FOUR_DIGITS.search(line):
        return None
    for part in (line, *_PARTS.split(line)):
        if _UPDATED.search(part):
            continue
        reading = read_date(_LABEL.sub("", part.strip(" ()[]"), count=1))
        if reading:
            return reading
    return None


def zone(published: str | None) -> str | None:
    """Return the offset a moment is written in, `none` for a date without a zone, None where there is no date.

    Examples
    --------
    >>> zone("2021-10-18T14:05+02:00"), zone("2021-10-18T14:05Z"), zone("2021-10-18"), zone(None)
    ('+02:00', '+00:00', 'none', None)
    """
    if not published:
        return None
    match = re.search(r"T.*?(?:(Z)|([+-]\d\d:\d\d))$", published)
    return "none" if not match else "+00:00" if match[1] else match[2]


def _read(text: str, day_first: bool | None) -> Reading | None:
    """Read a date that comes before its time."""
    for pattern in _DATES:
        match = pattern.match(text)
        if match:
            day = _day(match["year"], match["month"], match["day"])
            return _with_time(day, text[match.end():]) if day else None
    match = _NUMBERS.match(text)
    if match:
        return _numbers(match, text[match.end():], day_first)
    match = _MONTH_OF_YEAR.fullmatch(text)
    if match and int(match["year"]) in YEARS:
        return Reading(_month(int(match["year"]), MONTHS[match["month"].lower()]))
    return None


def _day(year: str, month: str, day: str) -> date | None:
    number = MONTHS.get(month.lower()) or int(month)
    try:
        return date(int(year), number, int(day)) if int(year) in YEARS else None
    except ValueError:
        return None


def _month(year: int, month: int) -> str:
    return f"{year}-{month:02}-01/{year}-{month:02}-{calendar.monthrange(year, month)[1]}"


def _with_time(day: date, rest: str) -> Reading | None:
    rest = rest[_BETWEEN.match(rest).end():] if rest else ""
    if not rest:
        return Reading(day.isoformat())
    match = _TIME.fullmatch(rest)
    if not match or (match["minute"] is None and match["half"] is None):
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (match["half"][0] in "pP")
    offset, note = _offset(match["zone"], match["offset"])
    try:
        moment = datetime(day.year, day.month, day.day, hour, int(match["minute"] or 0), int(match["second"] or 0),
                          tzinfo=offset)
    except ValueError:
        return None
    return Reading(moment.isoformat(timespec="seconds" if match["second"] else "minutes"), note)


def _offset(name: str | None, written: str | None) -> tuple[timezone | None, str | None]:
    if written:
        hours, minutes = int(written[1:3].rstrip(":")), int(written[-2:]) if len(written) > 3 else 0
        if hours > 14 or minutes > 59:
            return None, f"the zone '{written}' is none"
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if written[0] == "-" else offset), None
    if name and name.upper() in ZONES:
        return timezone(timedelta(minutes=ZONES[name.upper()])), None
    return None, f"the zone '{name}' has no one meaning" if name else None


def _numbers(match: re.Match, rest: str, day_first: bool | None) -> Reading | None:
    """Read 18/10/2021, or both ways where both are dates; between points the day comes first."""
    one, two, year = match["one"], match["two"], match["year"]
    if match["separator"] == ".":
        day_first = True
    readings = {first: day for first, day in ((True, _day(year, two, one)), (False, _day(year, one, two))) if day}
    if day_first in readings and len(set(readings.values())) > 1:
        readings = {day_first: readings[day_first]}
    days = sorted(set(readings.values()))
    if len(days) < 2:
        return _with_time(days[0], rest) if days else None
    if _with_time(days[0], rest) is None:
        return None
    return Reading(f"{days[0]}/{days[1]}", f"'{match[0]}' is {days[0]} or {days[1]}: day and month are not told apart")


def _digits(number: str, column: str) -> Reading | None:
    """Read a bare run of digits as the column's name allows."""
    match = _RUN.fullmatch(number)
    if EPOCH_NAMES.search(column) and 8 < len(number) < 15:
        seconds = int(number) / (1000 if int(number) >= EPOCH_MILLISECONDS else 1)
        return Reading(datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds"))
    if match:
        day = _day(match["year"], match["month"], match["day"])
        return Reading(day.isoformat()) if day else None
    if len(number) == 4 and int(number) in YEARS:
        return Reading(f"{number}-01-01/{number}-12-31")
    return None
