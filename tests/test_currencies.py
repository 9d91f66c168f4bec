"""Currencies: what somebody somewhere pays with, by name."""

import pytest
from babel.numbers import get_currency_precision

from app.currencies import (
    COMMON,
    CURRENCIES,
    currencies_called,
    currency_name,
    find_currencies,
)
from app.locales import LOCALES, manner_of


@pytest.mark.parametrize("code", CURRENCIES)
def test_every_currency_has_a_name_and_two_decimals(code):
    assert currency_name(code).endswith(f" ({code})")
    assert get_currency_precision(code) == 2
    for typed in (code, code.lower(), currency_name(code), currency_name(code)[:-6]):
        assert currencies_called(typed) == [code]
        assert code in find_currencies(typed)


def test_the_common_ones_come_first_and_the_others_by_name():
    assert CURRENCIES[: len(COMMON)] == COMMON
    others = [currency_name(code) for code in CURRENCIES[len(COMMON) :]]
    assert others == sorted(others) and len(set(CURRENCIES)) == len(CURRENCIES)
    assert {"NZD", "UAH", "TZS", "SGD"} < set(CURRENCIES)


@pytest.mark.parametrize("code", ["DEM", "ITL", "XAU", "XXX", "JPY", "KWD", "EEE"])
def test_what_nobody_pays_with_or_has_other_decimals_is_not_offered(code):
    assert code not in CURRENCIES
    assert currencies_called(code) == []


def test_part_of_a_name_may_mean_several():
    assert currencies_called("shilling") == ["KES", "TZS"]
    assert currencies_called("naira") == ["NGN"]
    assert currencies_called("x") == currencies_called("") == []
    assert find_currencies("") == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_amount_can_be_written_in_every_manner(locale):
    assert all("18" in manner_of(locale).money(1800, code) for code in ("USD", "SAR", "TZS")) or (
        manner_of(locale).locale.default_numbering_system != "latn"
    )
    assert all(manner_of(locale).money(1800, code) for code in CURRENCIES)


def test_an_unknown_code_stands_for_itself():
    assert currency_name("QQQ") == "QQQ"
