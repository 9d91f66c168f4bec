"""Amounts in the address of a search, as people type them, and what is to be said of them."""

import re

import msgspec
from babel.numbers import get_currency_symbol

from app.currencies import CURRENCIES
from app.forms.bound import Errors
from app.forms.fields import read_amount
from app.forms.kinds import Wrong
from app.forms.query_values import Query, line, one_of
from app.forms.search_addresses import USUAL_CURRENCY

ENDS = ("from", "to")
UNREAD = "“{}” could not be read. Write an amount such as 18 or 18.50."
ELSEWHERE = "“{}” is in another currency, so it is left out."
NOTHING = "Write an amount above 0."
TURNED = "“From” is above “To”. Change one of them."

SIGN = r"((?:[^\d\s.,'’+−-]+\.?)?)"
PIECES = re.compile(rf"{SIGN}\s*([0-9](?:[0-9.,'’\s]*[0-9])?)\s*{SIGN}")
# Several currencies share some signs: the one that is chosen is meant, or else the first.
DOLLARS = (
    "USD", "AUD", "CAD", "NZD", "HKD", "SGD", "TWD", "MXN", "BRL", "ARS", "COP", "XCD",
)  # fmt: skip
SIGNS: dict[str, tuple[str, ...]] = {
    **{get_currency_symbol(code, "en").upper(): (code,) for code in CURRENCIES},
    **{code: (code,) for code in CURRENCIES},
    "$": DOLLARS, "US$": ("USD",), "AU$": ("AUD",), "C$": ("CAD",),
    "£": ("GBP", "EGP"), "¥": ("CNY",), "₺": ("TRY",), "₦": ("NGN",), "₵": ("GHS",),
    "GH₵": ("GHS",), "ZŁ": ("PLN",), "KSH": ("KES",), "R": ("ZAR",), "FR": ("CHF",),
    "KR": ("SEK", "NOK", "DKK"), "₹": ("INR",), "RS": ("INR", "PKR"), "₨": ("PKR", "INR"),
}  # fmt: skip


class Amounts(msgspec.Struct, frozen=True):
    """From and to, in minor units of `currency`, which is "" without an amount.

    `said`: a sentence for each field that needs one. `typed`: what then stands in both again.
    """

    least: int | None
    most: int | None
    currency: str
    said: Errors
    typed: dict[str, str]


def read_amounts(query: Query, name: str) -> Amounts:
    """What an address says of a price or a budget; what cannot be read is left out."""
    currency = one_of(query, "currency", CURRENCIES) or USUAL_CURRENCY
    found: dict[str, int | None] = dict.fromkeys(ENDS)
    typed: dict[str, str] = {}
    said: Errors = {}
    is_signed = False
    for end in ENDS:
        field = f"{name}_{end}"
        text = typed[field] = line(query, field)
        try:
            found[end], named = _money(text, currency)
            if named and named != currency and is_signed:
                found[end] = None
                raise Wrong(ELSEWHERE.format(text))
            if end == "to" and found[end] == 0:
                raise Wrong(NOTHING)
        except Wrong as wrong:
            said[field] = str(wrong)
            continue
        currency, is_signed = named or currency, is_signed or bool(named)
    least, most = (found[end] or None for end in ENDS)
    if least and most and least > most:
        said[f"{name}_to"] = TURNED
    currency = currency if least or most else ""
    return Amounts(least, most, currency, said, typed if said else {})


def _money(text: str, chosen: str) -> tuple[int | None, str]:
    """An amount, and the currency that a sign or a code around it names; "" for none."""
    pieces = PIECES.fullmatch(text)
    if not pieces and text:
        raise Wrong(UNREAD.format(text))
    if not pieces:
        return None, ""
    before, number, after = pieces.groups()
    named = {_named(sign, chosen) for sign in (before, after) if sign}
    try:
        if "" in named or len(named) > 1:
            raise Wrong
        return int(read_amount(number)), next(iter(named), "")
    except Wrong:
        raise Wrong(UNREAD.format(text)) from None


def _named(sign: str, chosen: str) -> str:
    codes = SIGNS.get(sign.upper().removesuffix("."), ())
    return chosen if chosen in codes else next(iter(codes), "")
