"""Facts in words: amounts, times in the viewer's zone, names, and links inside text."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from app import wording
from app.labels import LABELS
from app.wording import FILTERS, count, initials, linked, money, paragraphs, tint

NBSP = "\u00a0"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


def seen_from(zone: str = "UTC", locale: str = "en") -> Any:
    """What a template's filters know of who is looking."""
    return {"viewer": SimpleNamespace(time_zone=zone, locale=locale)}


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (0, "USD", "$0"),
        (1, "USD", "$0.01"),
        (50, "EUR", "€0.50"),
        (1800, "USD", "$18"),
        (1850, "USD", "$18.50"),
        (123_456_789, "GBP", "£1,234,567.89"),
        (1_000_000, "USD", "$10,000"),
        (-1850, "USD", "-$18.50"),
        (1800, "KES", f"KES{NBSP}18"),
        (1850, "CHF", f"CHF{NBSP}18.50"),
        (99_999_999_999_999_999, "INR", "₹999,999,999,999,999.99"),
    ],
)
def test_money(minor: int, currency: str, words: str):
    assert money(seen_from(), minor, currency) == words


@pytest.mark.parametrize(
    ("zone", "when", "day", "time"),
    [
        ("UTC", "Thu 19 Nov, 23:30", "19 November 2026", "23:30"),
        ("Africa/Nairobi", "Fri 20 Nov, 02:30", "20 November 2026", "02:30"),
        ("America/New_York", "Thu 19 Nov, 18:30", "19 November 2026", "18:30"),
        ("Asia/Kathmandu", "Fri 20 Nov, 05:15", "20 November 2026", "05:15"),
        ("Pacific/Kiritimati", "Fri 20 Nov, 13:30", "20 November 2026", "13:30"),
        ("Nowhere/Land", "Thu 19 Nov, 23:30", "19 November 2026", "23:30"),
        ("../../etc/passwd", "Thu 19 Nov, 23:30", "19 November 2026", "23:30"),
        ("", "Thu 19 Nov, 23:30", "19 November 2026", "23:30"),
    ],
)
@time_machine.travel(at(2026, 11, 25), tick=False)
def test_times_are_shown_in_the_zone_of_the_viewer(zone: str, when: str, day: str, time: str):
    instant, eyes = at(2026, 11, 19, 23, 30), seen_from(zone)
    assert wording.when(eyes, instant) == when
    assert wording.day(eyes, instant) == day
    assert wording.clock_time(eyes, instant) == time


def test_without_a_viewer_times_are_utc():
    assert wording.clock_time({}, at(2026, 11, 19, 17)) == "17:00"  # type: ignore[arg-type]


def test_a_calendar_day_is_the_same_everywhere():
    assert wording.day(seen_from("Pacific/Kiritimati"), date(2026, 11, 19)) == "19 November 2026"


@time_machine.travel(at(2026, 12, 31, 23, 30), tick=False)
def test_the_year_is_said_where_it_is_another_one_for_the_viewer():
    new_year = at(2026, 12, 31, 23, 10)
    assert wording.when(seen_from("UTC"), new_year) == "Thu 31 Dec, 23:10"
    assert wording.when(seen_from("Europe/Madrid"), new_year) == "Fri 1 Jan, 00:10"
    assert wording.when(seen_from("Europe/Madrid"), at(2026, 12, 1, 9)) == "Tue 1 Dec 2026, 10:00"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (at(2026, 3, 29, 0, 59), "Sun 29 Mar, 01:59"),
        (at(2026, 3, 29, 1, 0), "Sun 29 Mar, 03:00"),
        (at(2026, 10, 25, 0, 30), "Sun 25 Oct, 02:30"),
        (at(2026, 10, 25, 1, 30), "Sun 25 Oct, 02:30"),
    ],
)
@time_machine.travel(at(2026, 6, 1), tick=False)
def test_clock_changes(instant: datetime, words: str):
    assert wording.when(seen_from("Europe/Madrid"), instant) == words


@pytest.mark.parametrize(
    ("instant", "row", "heading"),
    [
        (at(2026, 11, 25, 8, 59), "11:59", "Today"),
        (at(2026, 11, 24, 21, 0), "00:00", "Today"),
        (at(2026, 11, 24, 20, 59), "Yesterday", "Yesterday"),
        (at(2026, 11, 23, 21, 0), "Yesterday", "Yesterday"),
        (at(2026, 11, 23, 20, 59), "Mon", "Mon 23 November"),
        (at(2026, 11, 18, 21, 0), "Thu", "Thu 19 November"),
        (at(2026, 11, 18, 20, 59), "18 Nov", "Wed 18 November"),
        (at(2025, 11, 6, 9, 0), "6 Nov 2025", "6 November 2025"),
        (at(2026, 11, 25, 9, 5), "12:05", "Today"),
    ],
)
@time_machine.travel(at(2026, 11, 25, 9), tick=False)
def test_rows_and_headings_turn_at_the_viewers_midnight(instant: datetime, row: str, heading: str):
    nairobi = seen_from("Africa/Nairobi")
    assert wording.day_or_time(nairobi, instant) == row
    assert wording.day_heading(nairobi, instant) == heading


@time_machine.travel(at(2026, 3, 29, 22, 30), tick=False)
def test_yesterday_is_yesterday_though_it_had_fewer_hours():
    assert wording.day_or_time(seen_from("Europe/Madrid"), at(2026, 3, 28, 23, 0)) == "Yesterday"
    assert wording.day_or_time(seen_from("Europe/Madrid"), at(2026, 3, 28, 22, 59)) == "Sat"


@pytest.mark.parametrize(
    ("seconds", "words", "span"),
    [
        (0, "just now", "1 minute"),
        (59, "just now", "1 minute"),
        (-59, "just now", "1 minute"),
        (60, "1 minute ago", "1 minute"),
        (7200, "2 hours ago", "2 hours"),
        (86_400, "1 day ago", "1 day"),
        (-12 * 86_400, "in 2 weeks", "2 weeks"),
        (-3 * 86_400, "in 3 days", "3 days"),
        (400 * 86_400, "1 year ago", "1 year"),
    ],
)
@time_machine.travel(at(2026, 11, 25), tick=False)
def test_how_long_ago(seconds: int, words: str, span: str):
    instant = at(2026, 11, 25) - timedelta(seconds=seconds)
    assert wording.ago(seen_from(), instant) == words
    assert wording.span(seen_from(), instant) == span


def test_an_instant_for_machines():
    assert wording.machine_time(at(2026, 11, 19, 17, 0, 5)) == "2026-11-19T17:00Z"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sofia Mwangi", "SM"),
        ("Ada Cole-Martin", "AC"),
        ("Ana María de la Cruz", "AC"),
        ("plato", "P"),
        ("Émile Zola", "ÉZ"),
        ("李小龙", "李"),
        ("नि ला", "नल"),
        ("ß ß", "ßß"),
        ("'t Hooft", "TH"),
        ("(Bob) “Smith”", "BS"),
        ("👩🏽‍🏫", "👩"),
        ("- -", "--"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_initials(name: str, letters: str):
    assert initials(name) == letters


@given(st.text())
def test_any_name_has_at_most_two_initials_and_a_colour(name: str):
    assert len(initials(name)) <= 2
    assert tint(name) == tint(name)
    assert 1 <= tint(name) <= 6


def test_counts():
    assert [count(seen_from(), number, "proposal") for number in (0, 1, 2, 12_345)] == [
        "0 proposals", "1 proposal", "2 proposals", "12,345 proposals",
    ]  # fmt: skip
    assert count(seen_from(), 2, "person") == "2 people"
    assert count(seen_from(), 3, "reply") == "3 replies"


def test_names_of_languages_and_countries():
    assert wording.language_name("sw") == "Swahili"
    assert wording.country_name("KE") == "Kenya"
    assert wording.language_name("zz-nothing") == "zz-nothing"


@pytest.mark.parametrize("kind", LABELS)
def test_every_member_has_words(kind: Any):
    assert all(wording.label(member) for member in kind)


def test_paragraphs():
    assert paragraphs("One.\nTwo.\n\nThree.\n \n\t\nFour.") == ["One.\nTwo.", "Three.", "Four."]
    assert paragraphs("") == []


REL = 'rel="noopener noreferrer nofollow ugc"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "a<br>b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("See https://x.example/a.", f'See <a href="https://x.example/a" {REL}>https://x.example/a</a>.'),
        ("(https://x.example/)", f'(<a href="https://x.example/" {REL}>https://x.example/</a>)'),
        ("https://x.example/?a=1&b=2",
         f'<a href="https://x.example/?a=1&amp;b=2" {REL}>https://x.example/?a=1&amp;b=2</a>'),
        ("HTTPS://X.Example/", f'<a href="https://x.example/" {REL}>HTTPS://X.Example/</a>'),
        ("https://аpple.com/", f'<a href="https://xn--pple-43d.com/" {REL}>https://xn--pple-43d.com/</a>'),
        ("https://аpple.com/xn--pple-43d.com",
         f'<a href="https://xn--pple-43d.com/xn--pple-43d.com" {REL}>'
         "https://xn--pple-43d.com/xn--pple-43d.com</a>"),
        ("https://skileez.example@evil.com/", "https://skileez.example@evil.com/"),
        ("https://a:b@evil.com/x", "https://a:b@evil.com/x"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/html,x //x.example", "data:text/html,x //x.example"),
        ("https://x.example:99999/", "https://x.example:99999/"),
        ("https://", "https://"),
    ],
)  # fmt: skip
def test_addresses_in_text_can_be_clicked(text: str, html: str):
    assert linked(text) == Markup(html)


def test_an_address_ends_where_it_would_turn_its_reader_around():
    [link] = BeautifulSoup(linked("https://x.example/\u202egpj.exe"), "html.parser")("a")
    assert link["href"] == "https://x.example/"


def test_a_backslash_does_not_hide_which_site_is_opened():
    [link] = BeautifulSoup(linked("https://evil.example\\@bank.example"), "html.parser")("a")
    assert link["href"] == link.get_text() == "https://evil.example/@bank.example"


HOSTILE = st.sampled_from(
    ["https://", "http://x.example/", "javascript:", '"', "'", "<script>", "</a>", "\n", " ", "&",
     "onclick=", "@", "\\", ":", "x.example", "%", "\u202e", "аpple.com", "\x00", "{}", "[::1]"]
)  # fmt: skip


@given(st.lists(HOSTILE | st.text(max_size=5), max_size=12).map("".join))
def test_no_text_becomes_markup(text: str):
    page = BeautifulSoup(f"<p>{linked(text)}</p>", "html.parser")
    assert {tag.name for tag in page.find_all()} <= {"p", "a", "br"}
    for link in page("a"):
        assert set(link.attrs) == {"href", "rel"}
        assert link["href"].startswith(("http://", "https://"))
    assert Markup("<script") not in linked(text)


@given(st.text(st.characters(exclude_characters="\n"), max_size=40))
def test_text_without_addresses_is_only_escaped(text: str):
    if "http" not in text.lower():
        assert linked(text) == escape(text)


def test_every_filter_is_named_as_it_is_called():
    assert all(name == function.__name__ for name, function in FILTERS.items())


def test_good_times_are_told_by_part_of_the_day():
    weekdays = [f"{day}_morning" for day in ("mon", "tue", "wed", "thu", "fri")]
    assert wording.good_times([*weekdays, "sat_evening", "mon_evening", "tue_evening"]) == [
        "Mornings: Monday to Friday",
        "Evenings: Monday, Tuesday, Saturday",
    ]
    every = [f"{day}_afternoon" for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]
    assert wording.good_times(every) == ["Afternoons: every day"]
    assert wording.good_times([]) == []
