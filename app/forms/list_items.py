"""What the forms of a profile's lists have in common: periods, and forms nobody wrote into."""

from datetime import date

import msgspec

from app.forms.form import Errors, Form, Posted

YES = "yes"  # a ticked box


def nothing_typed(kind: type[Form], posted: Posted) -> bool:
    """Whether a form for a new entry was sent without anything in it."""
    names = [field.name for field in msgspec.structs.fields(kind)]
    return not any(text.strip() for name in names for text in posted.get(name, ()))


def period_errors(started: date | None, ended: date | None, *, current: bool) -> Errors:
    """An end is given or it goes on, and nothing ends before it began."""
    if ended and current:
        return {"ended": "Leave the end empty, or take the tick below away."}
    if not ended and not current:
        return {"ended": "Give the month it ended, or tick that it goes on."}
    if started and ended and ended < started:
        return {"ended": "This is before the month it started."}
    return {}


def as_month(first: date | None) -> str:
    """A stored month as a form has it: 2021-03."""
    return f"{first:%Y-%m}" if first else ""
