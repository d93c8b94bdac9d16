"""Days and moments as people here write and read them. Names of months stand here, not in a catalogue."""

import datetime as dt
import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gza.core import clock

NBSP, HYPHEN = "\u00a0", "\u2011"
MONTHS = {
    "ka": ("იანვარი", "თებერვალი", "მარტი", "აპრილი", "მაისი", "ივნისი", "ივლისი", "აგვისტო", "სექტემბერი",
           "ოქტომბერი", "ნოემბერი", "დეკემბერი"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
WEEKDAYS = {
    "ka": ("ორშაბათი", "სამშაბათი", "ოთხშაბათი", "ხუთშაბათი", "პარასკევი", "შაბათი", "კვირა"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_NUMBERS = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{2,4})(?:\s*(?:წ\.?|წელი))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})\.?\s*[-–\u2011]?\s*([^\W\d_]+)\.?,?\s*(\d{2,4})(?:\s*(?:წ\.?|წელი))?")
_MONTH_ONLY = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{4})|(\d{4})-(\d{1,2})")
_MONTH_WORD = re.compile(r"([^\W\d_]+)\.?,?\s*(\d{4})")
_SHORTEST_MONTH = 3
# What stays of a month's name in every case ending (ოქტომბერი, ოქტომბრის, ოქტომბერს).
_STEMS = ("იანვ", "თებერვ", "მარტ", "აპრილ", "მაის", "ივნის", "ივლის", "აგვისტ", "სექტემბ", "ოქტომბ", "ნოემბ", "დეკემბ")


class YearTooShort(ValueError):
    """The year was written with two digits; nobody shall guess the century."""


def _known(language: str) -> str:
    return "ka" if language == "ka" else "en"


def month_number(word: str) -> int | None:
    """1 to 12 for the name of a month in Georgian (any case ending), in English, or the first three letters."""
    word = word.casefold()
    if len(word) < _SHORTEST_MONTH:
        return None
    for number, names in enumerate(zip(MONTHS["ka"], MONTHS["en"], strict=True), 1):
        if any(name.casefold().startswith(word) for name in names) or word.startswith(_STEMS[number - 1]):
            return number
    return None


def parse_day(text: str) -> dt.date:
    """A day from ``15.10.2020``, ``15/10/2020``, ``2020-10-15``, ``15 ოქტომბერი 2020``, ``15 Oct 2020``.

    The day always comes before the month.

    Raises:
        YearTooShort: when the year has two digits.
        ValueError: when it is no such day.
    """
    text = text.strip().replace(NBSP, " ")
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _NUMBERS.fullmatch(text):
        day, month, year = match.groups()
    elif match := _WORDS.fullmatch(text):
        day, year = match[1], match[3]
        month = str(month_number(match[2]) or 0)
    else:
        raise ValueError(text)
    if len(year) < 4:  # noqa: PLR2004 (digits of a year)
        raise YearTooShort(text)
    return dt.date(int(year), int(month), int(day))


def parse_month(text: str) -> dt.date:
    """The first day of a month from ``10.2020``, ``2020-10``, ``ოქტომბერი 2020``, ``October 2020``.

    Raises:
        ValueError: when it is no month.
    """
    text = text.strip().replace(NBSP, " ")
    if match := _MONTH_ONLY.fullmatch(text):
        month, year = (match[1], match[2]) if match[1] else (match[4], match[3])
        return dt.date(int(year), int(month), 1)
    if (match := _MONTH_WORD.fullmatch(text)) and (number := month_number(match[1])):
        return dt.date(int(match[2]), number, 1)
    raise ValueError(text)


def local(moment: dt.datetime) -> dt.datetime:
    """The moment on the clock of Tbilisi."""
    return moment.astimezone(clock.TBILISI) if moment.tzinfo else moment


def day(value: dt.date, language: str) -> str:
    """``15.10.2020`` or ``15 Oct 2020``."""
    if language == "ka":
        return f"{value:%d.%m.%Y}"
    return NBSP.join((str(value.day), MONTHS["en"][value.month - 1][:3], str(value.year)))


def short_day(value: dt.date, language: str) -> str:
    """``15.10`` or ``15 Oct``; with the year when it is not the present one."""
    if value.year != clock.today().year:
        return day(value, language)
    if language == "ka":
        return f"{value:%d.%m}"
    return f"{value.day}{NBSP}{MONTHS['en'][value.month - 1][:3]}"


def long_day(value: dt.date, language: str) -> str:
    """``ხუთშაბათი, 15 ოქტომბერი 2020`` or ``Thursday, 15 October 2020``."""
    lang = _known(language)
    return f"{WEEKDAYS[lang][value.weekday()]}, {value.day}{NBSP}{MONTHS[lang][value.month - 1]} {value.year}"


def month(value: dt.date, language: str) -> str:
    """``ოქტომბერი 2020`` or ``October 2020``."""
    return f"{MONTHS[_known(language)][value.month - 1]}{NBSP}{value.year}"


def short_month(number: int, language: str) -> str:
    """The first three letters of the month ``number`` (1 to 12)."""
    return MONTHS[_known(language)][number - 1][:3]


def moment(value: dt.datetime, language: str) -> str:
    """``15.10.2020, 14:12`` or ``15 Oct 2020, 14:12``, on the clock of Tbilisi."""
    value = local(value)
    return f"{day(value.date(), language)}, {value:%H:%M}"


def relative(value: dt.date, language: str, today: dt.date | None = None) -> str:
    """``today``, ``tomorrow``, ``yesterday``, the weekday within a week, ``in 12 days``, ``12 days ago``."""
    gap = (value - (today or clock.today())).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    if gap in near:
        return near[gap]
    if 1 < gap < 7:  # noqa: PLR2004 (days of a week)
        return WEEKDAYS[_known(language)][value.weekday()]
    if gap > 0:
        return ngettext("in %(count)d day", "in %(count)d days", gap) % {"count": gap}
    return ngettext("%(count)d day ago", "%(count)d days ago", -gap) % {"count": -gap}


def late(value: dt.date, today: dt.date | None = None) -> str:
    """``5 days late`` for a day that is past; empty for one that is not."""
    gap = ((today or clock.today()) - value).days
    if gap <= 0:
        return ""
    return ngettext("%(count)d day late", "%(count)d days late", gap) % {"count": gap}
