"""What people write for where they live, in the ways they write it."""

from typing import get_args

import pytest

from app.countries import countries
from app.currencies import CURRENCIES
from app.forms.form import Form, bind
from app.forms.places import (
    Country,
    Currency,
    TimeZone,
    written_country,
    written_currency,
    written_zone,
)
from app.time_zones import zones


class Place(Form, frozen=True, kw_only=True):
    country: Country
    time_zone: TimeZone
    currency: Currency


def read(**typed):
    posted = {"country": "KE", "time_zone": "Nairobi", "currency": "KES"} | typed
    return bind(Place, {name: [value] for name, value in posted.items()})


@pytest.mark.parametrize("code", countries())
def test_every_country_can_be_sent_back_as_it_stands_there(code):
    written = written_country(code)
    for typed in (written, written.upper(), f"  {written.lower()} ", code, code.lower()):
        assert read(country=typed).data.country == code


@pytest.mark.parametrize("name", zones())
def test_every_zone_can_be_sent_back_as_it_stands_there(name):
    written = written_zone(name)
    for typed in (written, written.lower(), name, name.lower(), name.replace("_", " ")):
        assert read(time_zone=typed).data.time_zone == name


@pytest.mark.parametrize("code", CURRENCIES)
def test_every_currency_can_be_sent_back_as_it_stands_there(code):
    for typed in (written_currency(code), code, code.lower()):
        assert read(currency=typed).data.currency == code


@pytest.mark.parametrize(("typed", "name"), [
    ("Nairobi", "Africa/Nairobi"), ("nairobi, kenya", "Africa/Nairobi"),
    ("Kenya", "Africa/Nairobi"), ("KE", "Africa/Nairobi"), ("Mombasa", "Africa/Nairobi"),
    ("Asia/Calcutta", "Asia/Kolkata"), ("Mumbai", "Asia/Kolkata"), ("india", "Asia/Kolkata"),
    ("Guinea", "Africa/Conakry"), ("sao paulo", "America/Sao_Paulo"), ("UK", "Europe/London"),
    ("New York", "America/New_York"), ("Singapore", "Asia/Singapore"), ("Madr", "Europe/Madrid"),
    ("Kosovo", "Europe/Belgrade"), ("Cape Town", "Africa/Johannesburg"),
])  # fmt: skip
def test_a_place_is_one_zone(typed, name):
    assert read(time_zone=typed).data.time_zone == name


def test_noor_is_told_which_places_she_may_mean():
    assert read(time_zone="Portland").errors == {
        "time_zone": "Several places may be meant: "
        "New York, United States; Los Angeles, United States."
    }
    assert read(time_zone="Australia").errors["time_zone"].endswith(", and others.")
    assert read(country="Korea").errors == {
        "country": "Several countries may be meant: North Korea; South Korea."
    }
    assert read(currency="shilling").errors == {
        "currency": "Several currencies may be meant: "
        "Kenyan Shilling (KES); Tanzanian Shilling (TZS)."
    }


def test_noor_is_told_what_would_do():
    wrong = read(country="Atlantis", time_zone="UTC", currency="Doubloons").errors
    assert wrong == {
        "country": "No country is called so. Write its English name.",
        "time_zone": "No place is called so. Write a large city near you.",
        "currency": "No currency we can use is called so. Write its code, such as EUR.",
    }
    assert read(country=" ", time_zone="", currency="").errors == {
        "country": "Choose a country.",
        "time_zone": "Choose a place.",
        "currency": "Choose one.",
    }


@pytest.mark.parametrize(
    "typed", ["EU", "UN", "ZZ", "k", "!!", "%", "\u202e", "ß", "x" * 100, "中国"]
)
def test_odd_words_are_no_place(typed):
    read_so = read(country=typed, time_zone=typed, currency=typed)
    assert read_so.data is None and set(read_so.errors) == {"country", "time_zone", "currency"}


def test_nothing_stands_in_the_field_of_who_never_said():
    assert written_zone("UTC") == written_zone(None) == written_zone("") == ""
    assert written_country(None) == written_country("EU") == written_country("") == ""
    assert written_currency(None) == written_currency("XXX") == ""
    assert get_args(Country)[0] is str
