"""How people of a place write dates, times, amounts and numbers; our own words stay English."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
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
SPACES = str.maketrans("\u202f\u2009", "\u00a0\u00a0")  # narrow ones are not in our font


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, locale: Locale) -> str:
    # Few days are spoken of at a time, and writing one takes longer than all else about it.
    return str(format_date(day, pattern, locale=locale))


@dataclass(frozen=True)
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
        day = value.date() if isinstance(value, datetime) else value
        return self._set(_date(day, pattern, self.locale))

    def time(self, local: datetime) -> str:
        """What a clock shows: 17:00, or 5:00 PM."""
        if self.clock == "HH:mm":
            return f"{local:%H:%M}"
        return self._set(format_time(local, self.clock, locale=self.locale))

    def day_and_time(self, local: datetime, *, year: bool) -> str:
        """Thu 19 Nov, 17:00."""
        pattern = self.weekday_day_year if year else self.weekday_day
        there, then = format_date(local, pattern, locale=self.locale), self.time(local)
        return self._set(self.joined.replace("{1}", there).replace("{0}", then))

    def money(self, minor: int, currency: str) -> str:
        """Minor units with their sign, without empty decimals."""
        pattern = self.locale.currency_formats["standard"].pattern
        if minor % 100 == 0:
            pattern = pattern.replace(".00", "")
        if get_currency_symbol(currency, self.locale)[-1].isalpha():
            pattern = pattern.replace("¤#", "¤\u00a0#")
        amount = Decimal(minor).scaleb(-2)
        words = format_currency(
            amount, currency, format=pattern, locale=self.locale, currency_digits=False
        )
        return self._set(words)

    def number(self, number: int) -> str:
        """1,234 with the separators of the place."""
        if -1000 < number < 1000:
            return str(number)
        return format_decimal(number, locale=self.locale).translate(SPACES)

    @property
    def point(self) -> str:
        """What stands before decimals."""
        return str(self.locale.number_symbols["latn"]["decimal"])

    def span(self, length: timedelta, *, direction: bool = False) -> str:
        """2 hours; with a direction, 2 hours ago or in 2 hours."""
        words = format_timedelta(length, add_direction=direction, locale=self.locale, threshold=1)
        return self._set(words)

    def _set(self, words: str) -> str:
        """Ready to stand in an English sentence, whichever way its letters run."""
        plain = words.translate(SPACES).replace("\u2068", "").replace("\u2069", "")
        return f"\u2068{plain}\u2069" if self.locale.text_direction == "rtl" else plain


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
