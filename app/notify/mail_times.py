"""When the mail of a notice leaves, as the person it goes to wants it.

By the clocks of their zone: not every day has 24 hours, and an hour is left out or comes twice.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from sqlalchemy.orm import Session

from db.models.accounts import Account
from db.models.notices import MailTiming, NoticeKind
from db.queries import notices

BUNDLES = 8 * 60  # minutes after midnight
BEFORE, AFTER = -2, 4  # days: one can be missing where a country moved across the date line


class Hours(msgspec.Struct, frozen=True):
    """Somebody's time zone, and when no mail may wake them: minutes after their midnight."""

    zone: str
    quiet_from: int | None = None
    quiet_to: int | None = None

    def are_quiet(self, at: datetime) -> bool:
        """Whether a clock there shows a quiet time at this instant."""
        begin, end = self.quiet_from, self.quiet_to
        if begin is None or end is None:
            return False
        there = at.astimezone(_zone(self.zone))
        minute = there.hour * 60 + there.minute
        return begin <= minute < end if begin <= end else not end <= minute < begin

    def when_awake(self, at: datetime) -> datetime:
        """This instant, or the end of the quiet hours it lies in."""
        if self.quiet_to is None or not self.are_quiet(at):
            return at
        return next(
            one for one in self._shown(self.quiet_to, at) if one >= at and not self.are_quiet(one)
        )

    def next_bundle(self, at: datetime) -> datetime:
        """The next morning, or this one; after the quiet hours where they last longer."""
        return self.when_awake(next(one for one in self._shown(BUNDLES, at) if one >= at))

    def _shown(self, minute: int, near: datetime) -> Iterable[datetime]:
        """When clocks there show this time of the day, the earliest first."""
        zone = _zone(self.zone)
        today: date = near.astimezone(zone).date()
        for days in range(BEFORE, AFTER):
            day = datetime.combine(today + timedelta(days), time(minute // 60, minute % 60), zone)
            # Both, where it comes twice. One that is left out counts as that much later.
            yield from sorted({day.replace(fold=fold).astimezone(UTC) for fold in (0, 1)})


def hours_of(account: Account) -> Hours:
    """By which clocks somebody lives, and when they want no mail."""
    return Hours(account.time_zone, account.quiet_from, account.quiet_to)


def leaves(timing: MailTiming, hours: Hours, at: datetime) -> datetime | None:
    """When the mail of what happened `at` leaves; never, where none is wanted."""
    if timing is MailTiming.OFF:
        return None
    return hours.next_bundle(at) if timing is MailTiming.BUNDLED else hours.when_awake(at)


def leaves_at(
    db: Session, account: Account, kind: NoticeKind, at: datetime, before: datetime | None = None
) -> tuple[MailTiming, datetime | None]:
    """How a person is mailed of something of this kind that happened `at`, and when.

    What staff decided is mailed at once, whatever is set; what helps nobody after `before` is
    mailed at once rather than after quiet hours, and not at all rather than in a bundle.
    """
    if kind is NoticeKind.CONDUCT:
        return MailTiming.NOW, at
    timing = notices.mail_timing(db, account.id, kind)
    due = leaves(timing, hours_of(account), at)
    if before and due and due >= before:
        return timing, at if timing is MailTiming.NOW else None
    return timing, due


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):  # none (any more): what is nobody's own
        return ZoneInfo("UTC")
