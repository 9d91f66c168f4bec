"""How people of a place write dates, times, amounts and numbers; our own words stay English.

Babel takes a tenth of a millisecond for an amount or a date, and pages say the same ones again and
again: what it said is kept.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import TIMEDELTA_UNITS, format_date, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from jinja2.runtime import Context

USUAL = "en"
# Each in its own words. Loading one takes 20 ms, once, and about 1 MB from then on.
LOCALES = {
    "en": "English",
    "en-GB": "English (UK)",
    "en-US": "English (US)",
    "en-IN": "English (India)",
    "id": "Bahasa Indonesia",
    "cs": "Čeština",
    "de": "Deutsch",
    "es": "Español",
    "es-MX": "Español (México)",
    "fr": "Français",
    "it": "Italiano",
    "sw": "Kiswahili",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "sv": "Svenska",
    "vi": "Tiếng Việt",
    "tr": "Türkçe",
    "uk": "Українська",
    "ru": "Русский",
    "ar": "العربية",
    "hi": "हिन्दी",
    "zh": "中文",
    "ja": "日本語",
}
KEPT = 2_000  # of each kind, of 200 bytes or so
SPACES = str.maketrans("\u202f\u2009", "\u00a0\u00a0")  # narrow ones are not in our font


@dataclass(frozen=True, eq=False)  # there is one of each, and it is looked up by that
class Manner:
    """A locale and the patterns it writes with; `year` variants are for other years than this."""

    locale: Locale
    clock: str
    weekday: str
    short_day: str
    short_day_year: str
    weekday_day: str
    weekday_day_year: str
    weekday_long_day: str
    long_day: str
    month: str
    joined: str  # a day and a time in one phrase

    def date(self, value: date, pattern: str) -> str:
        """A day in one of the patterns above."""
        # Moments that are equal stand in different days, by different clocks.
        return _date(self, value.date() if isinstance(value, datetime) else value, pattern)

    def time(self, local: datetime) -> str:
        """What a clock shows: 17:00, or 5:00 PM."""
        if self.clock == "HH:mm":
            return f"{local:%H:%M}"
        return _time(self, local.hour, local.minute)

    def day_and_time(self, local: datetime, *, year: bool) -> str:
        """Thu 19 Nov, 17:00."""
        pattern = self.weekday_day_year if year else self.weekday_day
        there, then = _date(self, local.date(), pattern), self.time(local)
        return self.set(self.joined.replace("{1}", there).replace("{0}", then))

    def money(self, minor: int, currency: str) -> str:
        """Minor units with their sign, without empty decimals."""
        return _money(self, minor, currency)

    def number(self, number: int) -> str:
        """1,234 with the separators of the place."""
        if -1000 < number < 1000:
            return str(number)
        return _number(self, number)

    @property
    def point(self) -> str:
        """What stands before decimals."""
        return str(self.locale.number_symbols["latn"]["decimal"])

    def span(self, length: timedelta, *, direction: bool = False) -> str:
        """2 hours; with a direction, 2 hours ago or in 2 hours."""
        return _span(self, _about(length), direction)

    def set(self, words: str) -> str:
        """Ready to stand in an English sentence, whichever way its letters run."""
        plain = words.translate(SPACES).replace("\u2068", "").replace("\u2069", "")
        return f"\u2068{plain}\u2069" if self.locale.text_direction == "rtl" else plain


def _about(length: timedelta) -> int:
    """Seconds for which Babel has the same words, and few different ones."""
    seconds = length.days * 86400 + length.seconds
    for _, unit in TIMEDELTA_UNITS:
        if abs(seconds) >= unit > 1:
            number = round(abs(seconds) / unit)
            # Short of a whole number, for seven days would be called a week.
            near = unit if number == 1 else number * unit - unit * 2 // 5
            return near if seconds > 0 else -near
    return seconds


@lru_cache(KEPT)
def _date(manner: Manner, value: date, pattern: str) -> str:
    return manner.set(format_date(value, pattern, locale=manner.locale))


@lru_cache(KEPT)
def _time(manner: Manner, hour: int, minute: int) -> str:
    return manner.set(format_time(time(hour, minute), manner.clock, locale=manner.locale))


@lru_cache(KEPT)
def _money(manner: Manner, minor: int, currency: str) -> str:
    pattern = manner.locale.currency_formats["standard"].pattern
    if minor % 100 == 0:
        pattern = pattern.replace(".00", "")
    if get_currency_symbol(currency, manner.locale)[-1].isalpha():
        pattern = pattern.replace("¤#", "¤\u00a0#")
    amount = Decimal(minor).scaleb(-2)
    words = format_currency(
        amount, currency, format=pattern, locale=manner.locale, currency_digits=False
    )
    return manner.set(words)


@lru_cache(KEPT)
def _number(manner: Manner, number: int) -> str:
    return format_decimal(number, locale=manner.locale).translate(SPACES)


@lru_cache(KEPT)
def _span(manner: Manner, seconds: int, direction: bool) -> str:
    words = format_timedelta(
        timedelta(seconds=seconds), add_direction=direction, locale=manner.locale, threshold=1
    )
    return manner.set(words)


def manner_of(code: str) -> Manner:
    """The manner of this locale; of plain English for what we do not offer."""
    return _manner(code if code in LOCALES else USUAL)


def manner_for(context: Context) -> Manner:
    """How whoever reads a page is used to it."""
    viewer = context.get("viewer")
    return manner_of(viewer.locale if viewer else USUAL)


@cache
def _manner(code: str) -> Manner:
    locale = Locale.parse(code, sep="-")
    if code == USUAL:
        return Manner(
            locale, "HH:mm", "EEE", "d MMM", "d MMM y", "EEE d MMM", "EEE d MMM y",
            "EEE d MMMM", "d MMMM y", "MMMM y", "{1}, {0}",
        )  # fmt: skip
    # Not ccc: Babel looks up names that stand alone in a table it shares between locales, where
    # the first one to ask leaves its own.
    patterns = {
        name: found.pattern.replace("ccc", "EEE")
        for name, found in locale.datetime_skeletons.items()
    }
    return Manner(
        locale,
        clock=locale.time_formats["short"].pattern,
        weekday="EEE",
        short_day=patterns["MMMd"],
        short_day_year=patterns["yMMMd"],
        weekday_day=patterns["MMMEd"],
        weekday_day_year=patterns["yMMMEd"],
        weekday_long_day=patterns.get("MMMMEd", patterns["MMMEd"].replace("MMM", "MMMM")),
        long_day=locale.date_formats["long"].pattern,
        month=patterns["yMMMM"],
        joined=str(locale.datetime_formats["medium"]),
    )
