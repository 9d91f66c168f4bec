"""The kinds of field that forms share: what is taken, and the sentence for what is not."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms import fields
from app.forms.kinds import Wrong
from app.forms.text import Unreadable

AWKWARD = st.sampled_from("\0\x1f\ud800\u200b\u202e\ufeff\u3164\u0301\r\n\t ٢²ﬁ,.-@:/\\%")
ANY_TEXT = st.text(st.characters() | AWKWARD, max_size=40)
READERS: list[Callable[[str], Any]] = [
    fields.read_amount,
    fields.read_whole,
    fields.read_day,
    fields.read_local_time,
    fields.read_email,
    fields.read_password,
    fields.read_link,
    fields.read_tick,
    fields.read_names,
]


def refused(read: Callable[[str], Any], typed: str) -> str:
    with pytest.raises(Wrong) as wrong:
        read(typed)
    return str(wrong.value)


@pytest.mark.parametrize("read", READERS)
def test_nothing_typed_is_nothing(read: Callable[[str], Any]):
    assert read("") == ""


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("18", 1800),
        ("18.5", 1850),
        ("18.50", 1850),
        ("18,50", 1850),
        (" 18.05 ", 1805),
        ("018", 1800),
        ("0", 0),
        ("0.01", 1),
        ("999999999.99", 99_999_999_999),
        ("1,550", 155_000),
        ("1 550", 155_000),
        ("1’234’567.50", 123_456_750),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, minor: int):
    assert fields.read_amount(typed) == minor


@pytest.mark.parametrize(
    "typed",
    ["18.", ".5", "1.550", "0,001", "1,2345", "-1", "+1", "1e3", "$18", "18.505",
     "１８", "١٨", "1234567890", "NaN", "0x12", "18.5.0", "eighteen"],
)  # fmt: skip
def test_other_amounts_are_refused_in_words(typed: str):
    assert refused(fields.read_amount, typed) == "Write an amount such as 18 or 18.50."


@pytest.mark.parametrize(("typed", "number"), [("0", 0), (" 12 ", 12), ("007", 7)])
def test_whole_numbers_are_plain_digits(typed: str, number: int):
    assert fields.read_whole(typed) == number


@pytest.mark.parametrize("typed", ["-1", "1.0", "1_0", "١٢", "１２", "²", "1e2", "9" * 10, "ten"])
def test_other_numbers_are_refused_in_words(typed: str):
    assert refused(fields.read_whole, typed) == "Write a whole number."


def test_days_are_read_as_date_fields_send_them():
    assert fields.read_day(" 2026-11-30 ") == date(2026, 11, 30)
    assert fields.read_day("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed",
    ["2026-02-29", "2026-13-01", "0000-01-01", "20261130", "2026-W48-1", "30/11/2026", "tomorrow",
     "2026-11-30T00:00", "２０２６-11-30", "10000-01-01"],
)  # fmt: skip
def test_other_days_are_refused_in_words(typed: str):
    assert refused(fields.read_day, typed) == "Write a day such as 2026-11-30."


def test_a_local_time_is_read_as_fields_for_it_send_it():
    for typed in ("2026-12-01T17:00", " 2026-12-01 17:00 ", "2026-12-01T17:00:00.000"):
        assert fields.read_local_time(typed) == datetime.fromisoformat("2026-12-01T17:00")
    for typed in ("2026-12-01", "17:00", "2026-02-29T10:00", "2026-12-01T25:00", "1926-12-01T10:00",
                  "2026-12-01T17:00:30", "2026-12-01T17:00+01:00", "٢٠٢٦-12-01T17:00"):  # fmt: skip
        assert refused(fields.read_local_time, typed).startswith("Write a day and a time")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("sofia@skileez.example", "sofia@skileez.example"),
        ("  Sofia.Mwangi+es@Skileez.EXAMPLE ", "Sofia.Mwangi+es@skileez.example"),
        ("so\u200efia@skileez.example", "sofia@skileez.example"),
        ("jose\u0301@correo.example", "josé@correo.example"),
        ("ada@xn--bcher-kva.example", "ada@bücher.example"),
    ],
)
def test_addresses_of_people_are_taken(typed: str, address: str):
    assert fields.read_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["sofia", "sofia@", "@skileez.example", "sofia@localhost", "sofia@[127.0.0.1]",
     "so fia@skileez.example", "sofia@x.example, sam@x.example", "Sofia <sofia@x.example>",
     "sofia@x..example", "sofia@-x.example", '"so fia"@x.example',
     "sofia@x.example\nBcc: a@b.example", "a@" + "x." * 130 + "example"],
)  # fmt: skip
def test_other_addresses_are_refused_in_words(typed: str):
    assert "such as sofia@skileez.example" in refused(fields.read_email, typed)


def test_a_password_is_taken_exactly_as_typed():
    for typed in (" two  spaces ", "e\u0301\0\t", "пароль", "🔑" * 256):
        assert fields.read_password(typed) == typed
    assert refused(fields.read_password, "🔑" * 257)


@pytest.mark.parametrize(
    ("typed", "link", "host"),
    [
        ("https://example.com", "https://example.com/", "example.com"),
        (" HTTP://Example.COM:80/a b ", "http://example.com/a%20b", "example.com"),
        ("https://faß.example/ü", "https://xn--fa-hia.example/%C3%BC", "xn--fa-hia.example"),
        ("https://аpple.com", "https://xn--pple-43d.com/", "xn--pple-43d.com"),
        ("https://0x5db8d822/", "https://93.184.216.34/", "93.184.216.34"),
        ("https://x.example/\u202egpj.exe", "https://x.example/gpj.exe", "x.example"),
        ('https://x.example/"><script>', "https://x.example/%22%3E%3Cscript%3E", "x.example"),
    ],
)  # fmt: skip
def test_a_link_leads_where_a_browser_would_go(typed: str, link: str, host: str):
    assert fields.read_link(typed) == link
    assert urlsplit(link).hostname == host == ada_url.URL(typed.strip()).hostname


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
     "\u200ejavascript:alert(1)", "data:text/html,x", "ftp://x.example", "file:///etc/passwd",
     "mailto:a@x.example", "https://ada@x.example", "https://skileez.example:pw@evil.com",
     "https://", "//x.example", "x.example", "/requests", "https://x y.example",
     "https://x.example:99999", "https://" + "x" * 493 + "/"],
)  # fmt: skip
def test_other_links_are_refused_in_words(typed: str):
    assert refused(fields.read_link, typed).endswith(".")


@pytest.mark.parametrize(
    ("typed", "ticked"),
    [("on", True), ("1", True), ("yes", True), ("0", ""), ("off", ""), (" FALSE ", ""), ("no", "")],
)
def test_a_box_is_ticked_or_not(typed: str, ticked: bool | str):
    assert fields.read_tick(typed) == ticked


def test_names_are_tidied():
    assert fields.read_names(" Spanish,, small   talk ,Spanish, ,") == "Spanish, small talk"
    assert fields.read_names(", ,") == ""


@pytest.mark.parametrize("read", READERS)
@given(typed=ANY_TEXT)
def test_whatever_is_typed_is_read_or_refused(read: Callable[[str], Any], typed: str):
    try:
        read(typed)
    except (Wrong, Unreadable) as wrong:
        assert isinstance(wrong, Unreadable) or str(wrong).endswith(".")


@given(st.one_of(ANY_TEXT, ANY_TEXT.map(lambda text: f"https://{text}")))
def test_a_link_that_was_taken_is_taken_again(typed: str):
    try:
        link = fields.read_link(typed)
    except (Wrong, Unreadable):
        return
    assert fields.read_link(link) == link
    assert link == "" or link.startswith(("http://", "https://"))
    assert link.isascii()
