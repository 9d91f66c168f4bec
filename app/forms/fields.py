"""The kinds of field that several forms share."""

import re
from datetime import date, datetime
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from msgspec import Meta

from app import links
from app.forms.kinds import LINE, LINES, Kind, Wrong
from app.forms.text import BIDI, Unreadable, clean_lines, one_line
from app.passwords import objection

AMOUNT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?", re.ASCII)
SEPARATORS = re.compile(r"[,' \u2019\u00a0\u202f]")
GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:{SEPARATORS.pattern}[0-9]{{3}})+(?:\.[0-9]{{1,2}})?")
WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
# With the seconds that some browsers add, and the blank that people write.
DAY_AND_TIME = re.compile(
    r"(20[0-9]{2}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(?::00(?:\.0{1,3})?)?", re.ASCII
)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)  # Python reads more than people write
LONGEST_PASSWORD = 1024  # bytes


def read_amount(text: str) -> int | str:
    """ "18", "18.5", "18,50" or "1,550" as minor units. "1.550" could be either, and is none."""
    cleaned = one_line(text)
    if GROUPED.fullmatch(cleaned):
        cleaned = SEPARATORS.sub("", cleaned)
    if not cleaned:
        return ""
    found = AMOUNT.fullmatch(cleaned)
    if found is None:
        raise Wrong("Write an amount such as 18 or 18.50.")
    units, cents = found.groups()
    return int(units) * 100 + int((cents or "0").ljust(2, "0"))


def read_whole(text: str) -> int | str:
    """A whole number in plain digits."""
    cleaned = one_line(text)
    if cleaned and not WHOLE.fullmatch(cleaned):
        raise Wrong("Write a whole number.")
    return int(cleaned) if cleaned else ""


def read_day(text: str) -> date | str:
    """A calendar day as date fields send it: 2026-11-30."""
    cleaned = one_line(text)
    if not cleaned:
        return ""
    try:
        return date.fromisoformat(cleaned if DAY.fullmatch(cleaned) else "")
    except ValueError:
        raise Wrong("Write a day such as 2026-11-30.") from None


def read_local_time(text: str) -> datetime | str:
    """A day and a time of some clock, as fields for both send it: 2026-12-01T17:00."""
    cleaned = one_line(text)
    if not cleaned:
        return ""
    found = DAY_AND_TIME.fullmatch(cleaned)
    try:
        return datetime.fromisoformat(" ".join(found.groups() if found else ()))
    except ValueError:
        raise Wrong("Write a day and a time such as 2026-11-30 17:00.") from None


def read_email(text: str) -> str:
    """An address with a well-formed local part and domain; nothing is looked up."""
    cleaned = one_line(text)
    if not cleaned:
        return ""
    try:
        return validate_email(cleaned, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise Wrong("Write an email address such as sofia@skileez.example.") from None


def read_password(text: str) -> str:
    """Exactly what was typed: no letter is trimmed or changed."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Unreadable
    if len(text.encode()) > LONGEST_PASSWORD:
        raise Wrong("Keep the password under 1,024 bytes.")
    return text


def read_new_password(text: str) -> str:
    """A password as above that is long enough and not a common one."""
    password = read_password(text)
    if password and (wrong := objection(password)):
        raise Wrong(wrong)
    return password


def read_link(text: str) -> str:
    """An http or https address without credentials, spelled as a browser understands it."""
    cleaned = clean_lines(text.translate(BIDI))
    try:
        return links.read(cleaned) if cleaned else ""
    except links.NotTaken as no:
        raise Wrong(str(no)) from None


def read_tick(text: str) -> bool | str:
    """A ticked box, whatever value it was given."""
    return one_line(text).lower() not in ("", "0", "off", "false", "no") or ""


def read_names(text: str) -> str:
    """Names separated by commas, tidied; each name is checked by the form."""
    return ", ".join(dict.fromkeys(name for part in text.split(",") if (name := one_line(part))))


Line = Annotated[str, LINE]
Lines = Annotated[str, LINES]
Amount = Annotated[int, Kind(read_amount)]
Whole = Annotated[int, Kind(read_whole)]
Day = Annotated[date, Kind(read_day)]
LocalTime = Annotated[datetime, Kind(read_local_time)]  # app/session_times.py finds its instant
Email = Annotated[str, Kind(read_email), Meta(max_length=254)]
Password = Annotated[str, Kind(read_password, secret=True)]
NewPassword = Annotated[str, Kind(read_new_password, secret=True)]
Link = Annotated[str, Kind(read_link)]
Names = Annotated[str, Kind(read_names, missing="Name at least one.")]
Ticked = Annotated[bool, Kind(read_tick, missing="Tick this box to go on.")]
