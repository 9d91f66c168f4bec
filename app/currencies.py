"""Currencies by name: those that are tender somewhere today."""

from datetime import date

from babel import Locale
from babel.numbers import get_currency_precision, get_territory_currencies

from app.countries import countries
from db.search_text import fold, search_text, searched

ENGLISH = Locale("en")
AS_OF = date(2026, 11, 1)  # a fixed day, so that every node offers the same
DECIMALS = 2  # which is what an amount field reads
MOST = 40
COMMON = (
    "USD", "EUR", "GBP", "AUD", "BRL", "CAD", "CHF", "CNY", "EGP", "GHS", "INR", "KES",
    "MAD", "MXN", "NGN", "PHP", "PKR", "PLN", "SEK", "TRY", "ZAR",
)  # fmt: skip


def currency_name(code: str) -> str:
    """Euro (EUR); the code itself when it has no name."""
    name = ENGLISH.currencies.get(code)
    return f"{name} ({code})" if name else code


def _tender() -> list[str]:
    """Every currency that somebody pays with, by name."""
    codes = {
        code
        for country in countries()
        for code in get_territory_currencies(country, start_date=AS_OF)
        if get_currency_precision(code) == DECIMALS
    }
    return sorted(codes, key=currency_name)


CURRENCIES = tuple(dict.fromkeys((*COMMON, *_tender())))  # the common ones first


def currencies_called(typed: str) -> list[str]:
    """The codes that may be meant; one where there is no doubt."""
    folded = fold(typed)
    for code in CURRENCIES:
        if folded in (fold(code), fold(currency_name(code)), fold(currency_name(code)[:-6])):
            return [code]
    return find_currencies(typed) if len(folded) > DECIMALS else []


def find_currencies(typed: str) -> list[str]:
    """The codes of the currencies that all these words lead to, the common ones first."""
    wanted = searched(typed)
    found = [
        code
        for code in CURRENCIES
        if all(f" {word}" in search_text(currency_name(code)) for word in wanted)
    ]
    return found[:MOST] if wanted else []


def currency_of(country: str | None) -> str:
    """The currency people pay with in a country, if it is one of ours; "" otherwise."""
    codes = get_territory_currencies(country, start_date=AS_OF) if country else []
    return next((code for code in codes if code in CURRENCIES), "")
