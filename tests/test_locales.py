"""Dates, times, amounts and numbers as people of a place write them, inside English sentences."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
import time_machine
from babel.dates import format_timedelta

from app import wording
from app.locales import LOCALES, manner_of
from tests.test_wording import at, seen_from

NBSP = "\u00a0"


def plain(words: str) -> str:
    """Without the marks that keep what runs from right to left in its place."""
    return words.replace("\u2068", "").replace("\u2069", "").replace("\u200f", "")


@pytest.mark.parametrize(
    ("locale", "when", "day", "month", "time", "money", "count"),
    [
        ("en", "Thu 19 Nov, 17:05", "19 November 2026", "November 2026", "17:05", "$1,850.50",
         "12,345 coaches"),
        ("en-GB", "Thu 19 Nov, 17:05", "19 November 2026", "November 2026", "17:05",
         "US$1,850.50", "12,345 coaches"),
        ("en-US", f"Thu, Nov 19, 5:05{NBSP}PM", "November 19, 2026", "November 2026",
         f"5:05{NBSP}PM", "$1,850.50", "12,345 coaches"),
        ("es", "jue, 19 nov, 17:05", "19 de noviembre de 2026", "noviembre de 2026", "17:05",
         f"1.850,50{NBSP}US$", "12.345 coaches"),
        ("de", "Do., 19. Nov., 17:05", "19. November 2026", "November 2026", "17:05",
         f"1.850,50{NBSP}$", "12.345 coaches"),
        ("fr", "jeu. 19 nov., 17:05", "19 novembre 2026", "novembre 2026", "17:05",
         f"1{NBSP}850,50{NBSP}$US", f"12{NBSP}345 coaches"),
        ("sw", "Alhamisi, 19 Nov 17:05", "19 Novemba 2026", "Novemba 2026", "17:05",
         f"US${NBSP}1,850.50", "12,345 coaches"),
        ("ar", "الخميس، 19 نوفمبر، 5:05 م", "19 نوفمبر 2026", "نوفمبر 2026", "5:05 م",
         f"1,850.50{NBSP}US$", "12,345 coaches"),
        ("ja", "11月19日(木) 17:05", "2026年11月19日", "2026年11月", "17:05", "$1,850.50",
         "12,345 coaches"),
    ],
)  # fmt: skip
@time_machine.travel(at(2026, 11, 25), tick=False)
def test_each_place_reads_its_own_order(locale, when, day, month, time, money, count):
    eyes, instant = seen_from(locale=locale), at(2026, 11, 19, 17, 5)
    assert plain(wording.when(eyes, instant)) == when
    assert plain(wording.day(eyes, instant)) == day
    assert plain(wording.month(eyes, instant)) == month
    assert plain(wording.clock_time(eyes, instant)) == time
    assert plain(wording.money(eyes, 185_050, "USD")) == money
    assert plain(wording.count(eyes, 12_345, "coach")) == count


@pytest.mark.parametrize(
    ("locale", "row", "last_year", "heading", "ago", "span"),
    [
        ("en-US", "Nov 6", "Nov 6, 2025", "Fri, November 6", "2 weeks ago", "2 weeks"),
        ("es", "6 nov", "6 nov 2025", "vie, 6 de noviembre", "hace 2 semanas", "2 semanas"),
        ("ru", "6 нояб.", f"6 нояб. 2025{NBSP}г.", "пт, 6 ноября", "2 недели назад", "2 недели"),
        ("cs", "6. 11.", "6. 11. 2025", "pá 6. listopadu", "před 2 týdny", "2 týdny"),
    ],
)
@time_machine.travel(at(2026, 11, 22, 9), tick=False)
def test_rows_and_headings(locale, row, last_year, heading, ago, span):
    eyes, instant = seen_from(locale=locale), at(2026, 11, 6, 9)
    assert wording.day_or_time(eyes, instant) == row
    assert wording.day_or_time(eyes, at(2025, 11, 6, 9)) == last_year
    assert wording.day_heading(eyes, instant) == heading
    assert wording.ago(eyes, instant) == ago
    assert wording.span(eyes, instant) == span


@time_machine.travel(at(2026, 11, 25, 9), tick=False)
def test_our_own_words_stay_english():
    eyes = seen_from(locale="fr")
    assert wording.day_or_time(eyes, at(2026, 11, 24, 9)) == "Yesterday"
    assert wording.day_heading(eyes, at(2026, 11, 25, 1)) == "Today"
    assert wording.ago(eyes, at(2026, 11, 25, 9)) == "just now"
    assert wording.country_name("DE") == "Germany"


@pytest.mark.parametrize("locale", ["", "xx", "en_US", "de-DE-1901", "../en"])
def test_a_locale_we_do_not_offer_is_plain_english(locale):
    assert wording.clock_time(seen_from(locale=locale), at(2026, 11, 19, 17)) == "17:00"
    assert manner_of(locale) is manner_of("en")


@pytest.mark.parametrize("code", LOCALES)
def test_every_locale_writes_everything_with_plain_figures(code):
    manner, instant = manner_of(code), datetime(2026, 1, 5, 17, 5, tzinfo=UTC)
    patterns = [
        manner.weekday, manner.short_day, manner.short_day_year, manner.weekday_day,
        manner.weekday_day_year, manner.weekday_long_day, manner.long_day, manner.month,
    ]  # fmt: skip
    written = [
        *(manner.date(instant, pattern) for pattern in patterns),
        manner.time(instant),
        manner.day_and_time(instant, year=True),
        manner.money(123_450, "KES"),
        manner.number(1_234_567),
        manner.span(timedelta(hours=5), direction=True),
    ]
    for words in written:
        assert words.strip()
        assert not set(words) & {"\u202f", "{", "}", "¤"}
        assert all(letter in "0123456789" for letter in words if letter.isdecimal())
        assert (words[0] == "\u2068") == (words[-1] == "\u2069")
    assert plain(manner.day_and_time(instant, year=True)).count("2026") == 1


def test_no_locale_leaves_its_names_to_the_next():
    """Babel shares tables between locales; what one looks up must not show in another."""
    instant = datetime(2026, 1, 5, 17, 5, tzinfo=UTC)
    for first in LOCALES:
        manner_of(first).day_and_time(instant, year=False)
    mondays = {code: manner_of(code).date(instant, manner_of(code).weekday) for code in LOCALES}
    assert (mondays["sw"], mondays["pl"], mondays["ru"], mondays["zh"], mondays["nl"]) == (
        "Jumatatu", "pon.", "пн", "周一", "ma",
    )  # fmt: skip


def test_amounts_of_a_request():
    from types import SimpleNamespace

    def said(least: int | None, most: int | None, locale: str = "en") -> str:
        wanted = SimpleNamespace(budget_from=least, budget_to=most, currency="EUR")
        return wording.budget(seen_from(locale=locale), wanted)

    assert said(1000, 2050) == "€10 to €20.50"
    assert said(1000, 2050, "de") == f"10{NBSP}€ to 20,50{NBSP}€"
    assert said(1000, 1000) == "€10"
    assert said(1000, None) == "From €10"
    assert said(None, 1000) == "Up to €10"
    assert said(None, None) == ""


@pytest.mark.parametrize("locale", ["en", "es", "ru", "ar"])
def test_lengths_are_said_as_babel_says_them(locale):
    manner = manner_of(locale)
    for unit in (1, 60, 3600, 86_400, 604_800, 2_592_000, 31_536_000):
        for number in range(1, 62):
            for more in (-1, 0, 1, unit // 2 - 1, unit // 2, unit // 2 + 1):
                for sign in (1, -1):
                    length = sign * timedelta(seconds=unit * number + more, microseconds=5)
                    words = format_timedelta(
                        length, add_direction=True, locale=manner.locale, threshold=1
                    )
                    assert plain(manner.span(length, direction=True)) == plain(words)


def test_equal_moments_stand_in_the_day_of_their_own_clocks():
    manner, here = manner_of("en"), at(2026, 11, 19, 23, 30)
    there = here.astimezone(timezone(timedelta(hours=1)))
    assert here == there
    days = [manner.date(one, manner.long_day) for one in (here, there)]
    assert days == ["19 November 2026", "20 November 2026"]
