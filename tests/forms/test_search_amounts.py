"""Amounts as people type them into a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.forms.search_amounts import NOTHING, TURNED, read_amounts


def read(least="", most="", currency=""):
    return read_amounts(
        {"price_from": [least], "price_to": [most], "currency": [currency]}, "price"
    )


@pytest.mark.parametrize(("typed", "chosen", "amount", "currency"), [
    ("30", "", 3000, "USD"), ("30", "KES", 3000, "KES"), ("30", "XXX", 3000, "USD"),
    ("€30", "USD", 3000, "EUR"), ("30 €", "", 3000, "EUR"), ("30eur", "USD", 3000, "EUR"),
    ("EUR 18,5", "", 1850, "EUR"), ("£1,550.50", "", 155050, "GBP"), ("£5", "EGP", 500, "EGP"),
    ("$30", "", 3000, "USD"), ("30 $", "AUD", 3000, "AUD"), ("$30", "EUR", 3000, "USD"),
    ("A$30", "USD", 3000, "AUD"), ("US$ 30 USD", "EUR", 3000, "USD"), ("Fr. 30", "", 3000, "CHF"),
    ("30 zł", "", 3000, "PLN"), ("30 kr", "NOK", 3000, "NOK"), ("30 kr", "", 3000, "SEK"),
    ("1 000 €", "", 100000, "EUR"), ("0.5", "", 50, "USD"),
    (" 7 ", "", 700, "USD"), ("18,50", "", 1850, "USD"),
])  # fmt: skip
def test_an_amount_may_have_its_currency_around_it(typed, chosen, amount, currency):
    for ends in ((typed, ""), ("", typed)):
        found = read(*ends, chosen)
        assert (found.least or found.most, found.currency) == (amount, currency)
        assert not found.said and not found.typed


@pytest.mark.parametrize("typed", [
    "abc", "-5", "−5", "€-5", "1.550", "30-50", "30 per hour", "XXX 30", "€30£", "1e9", ".30",
    "1234567890", "٣", "30 JPY", "€", "30 30",
])  # fmt: skip
def test_of_what_cannot_be_read_it_is_said(typed):
    found = read(typed, "40", "EUR")
    assert (found.least, found.most, found.currency) == (None, 4000, "EUR")
    assert found.typed == {"price_from": typed, "price_to": "40"}
    [(field, sentence)] = found.said.items()
    assert field == "price_from" and f"“{typed}” could not be read" in sentence
    assert read(typed).currency == ""


def test_two_currencies_cannot_be_asked_for():
    found = read("€30", "£40")
    assert (found.least, found.most, found.currency) == (3000, None, "EUR")
    assert "“£40” is in another currency" in found.said["price_to"]
    assert read("30", "€40", "USD").currency == read("€30", "40", "USD").currency == "EUR"


def test_from_may_not_be_above_to():
    found = read("30", "10")
    assert (found.least, found.most) == (3000, 1000)
    assert found.said == {"price_to": TURNED}
    assert not read("30", "30").said


def test_nothing_is_no_price():
    assert not read("0", "10").said and read("0", "10").least is None
    assert read("0", "0").said == {"price_to": NOTHING} and read("0", "0").currency == ""


@given(least=st.text(max_size=80), most=st.text(max_size=80), currency=st.text(max_size=5))
def test_whatever_is_typed_is_read_or_said(least, most, currency):
    found = read(least, most, currency)
    assert bool(found.typed) == bool(found.said)
