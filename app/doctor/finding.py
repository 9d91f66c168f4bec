"""What the doctor says of one thing: how it is, and what to do about it."""

from enum import StrEnum

import msgspec


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


class Finding(msgspec.Struct, frozen=True):
    """Never holds a secret. `remedy` is "" where all is well."""

    about: str
    verdict: Verdict
    says: str
    remedy: str = ""


def fine(about: str, says: str) -> Finding:
    """All is well."""
    return Finding(about, Verdict.OK, says)


def warning(about: str, says: str, remedy: str) -> Finding:
    """The site serves, and somebody should look at it."""
    return Finding(about, Verdict.WARNING, says, remedy)


def fault(about: str, says: str, remedy: str) -> Finding:
    """The site cannot serve, or loses something."""
    return Finding(about, Verdict.FAULT, says, remedy)
