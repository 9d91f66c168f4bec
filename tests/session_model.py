"""The table of sessions in product/contracts.md, written once more and knowing nothing of the code.

Always as the clock has it: what the site has not written down yet has happened here.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
DISPUTED = ("no_show_student", "no_show_coach", "problem")
CANCELLED = ("cancelled_early", "cancelled_late")
OVER = ("completed", "resolved", *CANCELLED, "void")


@dataclass(eq=False)
class Agreement:
    """A contract: the terms, and how it stands."""

    id: int
    student: int
    coach: int
    price: int
    currency: str
    fee: int
    minutes: int
    hours: int
    sessions: list["Meeting"] = field(default_factory=list)
    status: str = "active"
    paused_by: str = ""

    def side_of(self, person: int) -> str:
        return {self.student: "student", self.coach: "coach"}.get(person, "")

    @property
    def runs(self) -> bool:
        return self.status in ("active", "paused")

    def settle(self) -> None:
        """It completes by itself once all its sessions are over."""
        if self.runs and all(one.status in OVER for one in self.sessions):
            self.status = "completed"


@dataclass(eq=False)
class Meeting:
    """A session; `counted` is 1 once it is posted, and `taken_back` once that was reversed."""

    id: int
    of: Agreement
    status: str = "unscheduled"
    starts: datetime | None = None
    offered: datetime | None = None
    offered_by: str = ""
    answer_by: datetime | None = None
    offer: int = 0
    was_reported: bool = False
    counted: int = 0
    taken_back: int = 0

    @property
    def ends(self) -> datetime:
        assert self.starts
        return self.starts + self.of.minutes * MINUTE

    @property
    def deadlines(self) -> list[datetime]:
        """The moments at which something begins or ends to be possible."""
        found = [self.answer_by] if self.answer_by else []
        if self.starts and self.status not in OVER:
            before = self.starts - self.of.hours * HOUR
            waited = self.starts + 10 * MINUTE
            found += [before, self.starts, waited, self.ends, self.ends + 72 * HOUR]
        return found

    def tick(self, now: datetime) -> None:
        if self.status == "proposed" and self.answer_by and self.answer_by <= now:
            self.drop_offer()
        if self.status == "scheduled" and self.ends <= now:
            self.status = "ended"
        if self.status == "ended" and self.ends + 72 * HOUR <= now:
            self.count("completed")
        self.of.settle()

    def drop_offer(self) -> None:
        self.status = "scheduled" if self.starts else "unscheduled"
        self.offered, self.offered_by, self.answer_by = None, "", None

    def count(self, status: str) -> None:
        self.status, self.counted = status, 1
        self.of.settle()

    def cancel(self, side: str, now: datetime) -> None:
        assert self.starts
        if now < self.starts - self.of.hours * HOUR:
            self.status = "cancelled_early"
        elif side == "student":
            self.count("cancelled_late")
        else:
            self.status = "cancelled_late"  # and nobody pays what their coach called off
        self.of.settle()

    def takes(self, start: datetime, minutes: int) -> bool:
        """Whether its people cannot be elsewhere then."""
        if self.starts is None or self.status in CANCELLED:
            return False
        return self.starts < start + minutes * MINUTE and start < self.ends


class Table:
    """All contracts, and what may be done to them by whom."""

    def __init__(self, agreements: list[Agreement]) -> None:
        self.agreements = agreements

    def tick(self, now: datetime) -> None:
        for one in self.meetings:
            one.tick(now)

    @property
    def meetings(self) -> list[Meeting]:
        return [one for agreement in self.agreements for one in agreement.sessions]

    def is_free(self, session: Meeting, start: datetime) -> bool:
        mine = {session.of.student, session.of.coach}
        return not any(
            one is not session
            and mine & {one.of.student, one.of.coach}
            and one.takes(start, session.of.minutes)
            for one in self.meetings
        )

    def to_session(
        self, verb: str, person: int, session: Meeting, now: datetime, value: datetime | int | str
    ) -> bool:
        """Do it if it may be done, and say whether it was; `person` 0 is of staff."""
        side = session.of.side_of(person) if person else "staff"
        if side == "":
            return False
        return bool(getattr(self, f"_{verb}")(session, side, now, value))

    def to_contract(self, verb: str, person: int, agreement: Agreement, now: datetime) -> bool:
        side = agreement.side_of(person)
        if not side or not agreement.runs:
            return False
        if verb == "pause" and agreement.status == "active":
            agreement.status, agreement.paused_by = "paused", side
            for one in agreement.sessions:
                if one.status == "proposed":
                    one.drop_offer()
        elif verb == "resume" and (agreement.status, agreement.paused_by) == ("paused", side):
            agreement.status = "active"
        elif verb == "end":
            agreement.status = "ended_early"
            for one in agreement.sessions:
                self._end(one, side, now)
        else:
            return False
        return True

    def _end(self, session: Meeting, side: str, now: datetime) -> None:
        if session.status == "proposed":
            session.drop_offer()
        if session.status == "unscheduled":
            session.status = "void"
        elif session.status == "scheduled" and session.starts and now < session.starts:
            session.cancel(side, now)

    def _offer(self, session: Meeting, side: str, now: datetime, start: datetime) -> bool:
        is_ahead = session.status == "scheduled" and session.starts and now < session.starts
        may = session.of.status == "active" and (session.status == "unscheduled" or is_ahead)
        if side == "staff" or not may or start <= now or start == session.starts:
            return False
        if not self.is_free(session, start):
            return False
        session.status, session.offered, session.offered_by = "proposed", start, side
        session.answer_by = min(now + 48 * HOUR, start, session.starts or start)
        session.offer += 1
        return True

    def _answers(self, session: Meeting, side: str, offer: int, *, mine: bool) -> bool:
        is_known = session.status == "proposed" and offer == session.offer and side != "staff"
        return is_known and (session.offered_by == side) is mine

    def _agree(self, session: Meeting, side: str, now: datetime, offer: int) -> bool:
        start = session.offered
        if not self._answers(session, side, offer, mine=False) or not start:
            return False
        if session.of.status != "active" or not self.is_free(session, start):
            return False
        session.starts = start
        session.drop_offer()
        return True

    def _decline(self, session: Meeting, side: str, now: datetime, offer: int) -> bool:
        may = self._answers(session, side, offer, mine=False)
        if may:
            session.drop_offer()
        return may

    def _take_back(self, session: Meeting, side: str, now: datetime, offer: int) -> bool:
        may = self._answers(session, side, offer, mine=True)
        if may:
            session.drop_offer()
        return may

    def _cancel(self, session: Meeting, side: str, now: datetime, read: int) -> bool:
        """`read`: whether the page said that it costs."""
        is_agreed = session.status in ("scheduled", "proposed")
        if side == "staff" or not (is_agreed and session.starts and now < session.starts):
            return False
        costs = side == "student" and session.starts - session.of.hours * HOUR <= now
        if costs > read:
            return False
        session.drop_offer()
        session.cancel(side, now)
        return True

    def _confirm(self, session: Meeting, side: str, now: datetime, _: str) -> bool:
        may = side == "student" and session.status in ("ended", *DISPUTED)
        if may:
            session.count("completed")
        return may

    def _no_show(self, session: Meeting, side: str, now: datetime, _: str) -> bool:
        waited = session.status == "scheduled" and session.starts
        waited = bool(waited and session.starts and session.starts + 10 * MINUTE <= now)
        may = side != "staff" and (session.status == "ended" or waited)
        if may:
            session.status = f"no_show_{'coach' if side == 'student' else 'student'}"
            session.was_reported = True
        return may

    def _problem(self, session: Meeting, side: str, now: datetime, _: str) -> bool:
        may = side != "staff" and session.status == "ended"
        if may:
            session.status, session.was_reported = "problem", True
        return may

    def _waive(self, session: Meeting, side: str, now: datetime, _: str) -> bool:
        may = side == "coach" and session.status in DISPUTED
        if may:
            session.status = "resolved"
            session.of.settle()
        return may

    def _decide(self, session: Meeting, side: str, now: datetime, outcome: str) -> bool:
        may = side == "staff" and session.status in DISPUTED
        if may and outcome == "completed":
            session.count("completed")
        elif may:
            session.status = "resolved"
            session.of.settle()
        return may

    def _reverse(self, session: Meeting, side: str, now: datetime, _: str) -> bool:
        may = side == "staff" and session.was_reported and session.counted > session.taken_back
        if may:
            session.taken_back = 1
        return may

    def balances(self) -> dict[tuple[int, str, str], int]:
        """What everybody has spent or earned, and Skileez kept, counted anew from the sessions."""
        found: Counter[tuple[int, str, str]] = Counter()
        for one in self.meetings:
            terms, times = one.of, one.counted - one.taken_back
            fee = (terms.price * terms.fee + 5000) // 10000
            found[terms.student, "spent", terms.currency] -= terms.price * times
            found[terms.coach, "earned", terms.currency] += (terms.price - fee) * times
            found[0, "fees", terms.currency] += fee * times
        return {key: amount for key, amount in found.items() if amount}
