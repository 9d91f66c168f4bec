"""Earnings in figures: short ones above bars, and every posting as a file for spreadsheets."""

import csv
import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from app.labels import LABELS
from app.locales import manner_for
from app.time_zones import clocks_of
from db.models.accounts import Side
from db.models.ledger import PostingKind
from db.queries.earning_lines import Posting

MEDIA_TYPE = "text/csv"
MARK = "\ufeff"  # by which spreadsheets know how the letters are written
# A cell that begins so is reckoned, not shown; and in half of Europe a semicolon begins a cell.
RISKY = re.compile("(^|;)(?=\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20])")
STEPS = ((1, ""), (1_000, "K"), (1_000_000, "M"), (1_000_000_000, "B"))
HEADS = {
    Side.COACH: ("Date", "Contract", "Title", "Session", "What", "Price", "Fee", "Earned"),
    Side.STUDENT: ("Date", "Contract", "Title", "Session", "What", "Spent"),
}


def csv_of(postings: Iterable[Posting], side: Side, zone: str) -> bytes:
    """One line for each posting, dated by the clocks of a zone; what was taken back is negative."""
    file = StringIO()
    lines = csv.writer(file)
    lines.writerow((*HEADS[side], "Currency"))
    for one in postings:
        amounts = (one.gross, one.fee, one.net) if side is Side.COACH else (one.gross,)
        lines.writerow((
            one.at.astimezone(clocks_of(zone)).date().isoformat(), f"C-{one.contract_id}",
            shown(one.title), one.session, LABELS[PostingKind][one.kind],
            *(Decimal(amount).scaleb(-2) for amount in amounts), one.currency,
        ))  # fmt: skip
    return (MARK + file.getvalue()).encode()


def shown(text: str) -> str:
    """Words of a person, which no spreadsheet takes for a formula."""
    return RISKY.sub(r"\1'", text)


@pass_context
def short_amount(context: Context, minor: int) -> str:
    """18, 4.5, 1.2K, 35K: minor units in as few letters as tell bars apart."""
    units = abs(Decimal(minor).scaleb(-2))
    size, letter = next((step for step in STEPS if _rounded(units / step[0]) < 1000), STEPS[-1])
    point = manner_for(context).point
    number = f"{_rounded(units / size):f}".removesuffix(".0").replace(".", point)
    return ("-" if minor < 0 else "") + number + letter


@pass_context
def short_month(context: Context, day: date) -> tuple[str, str]:
    """N and ov: the first letter of Nov alone is enough where twelve of them stand close."""
    manner = manner_for(context)
    month, letter = manner.date(day, "MMM"), manner.date(day, "MMMMM")
    if not month.casefold().startswith(letter.casefold()):
        return month, ""
    return month[: len(letter)], month[len(letter) :]


def _rounded(part: Decimal) -> Decimal:
    step = Decimal("0.1") if part < Decimal("9.95") else Decimal(1)
    return part.quantize(step, ROUND_HALF_UP)


FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function for function in (short_amount, short_month)
}
