"""Who is looking: the signed-in person as every rule and page sees them, read afresh each time."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import String, bindparam, cast, func, literal_column, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus, DataSaver, Side, StaffRole, Theme
from db.models.blocks import Block
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from db.models.sign_ins import SignIn
from db.queries.standings import Habits, Standing
from db.statements import ask

IDLE_REMEMBERED = timedelta(days=14)
IDLE = timedelta(hours=12)
LONGEST_REMEMBERED = timedelta(days=30)
LONGEST = timedelta(hours=24)


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """A person and what they are on Skileez; id 0 is a guest."""

    id: int = 0
    sign_in_id: int = 0
    seen_at: datetime | None = None
    proved_at: datetime | None = None
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    has_confirmed_email: bool = False
    must_reset_password: bool = False
    staff_role: StaffRole | None = None
    role_view: Side = Side.STUDENT
    time_zone: str = "UTC"
    locale: str = "en"
    theme: Theme = Theme.SYSTEM
    data_saver: DataSaver = DataSaver.SYSTEM
    country: str | None = None
    is_student: bool = False
    coach_status: CoachStatus | None = None
    handle: str = ""
    blocks: frozenset[int] = frozenset()  # the people this person has blocked
    blocked_by: frozenset[int] = frozenset()

    @property
    def is_guest(self) -> bool:
        """Nobody has signed in, or the one who did is suspended."""
        return self.id == 0

    @property
    def is_coach(self) -> bool:
        """Has a coach side, approved or on the way there."""
        return self.coach_status is not None

    @property
    def is_approved_coach(self) -> bool:
        """May teach: the coach profile is approved."""
        return self.coach_status is CoachStatus.APPROVED

    @property
    def is_staff(self) -> bool:
        """A moderator or an administrator."""
        return self.staff_role is not None

    @property
    def standing(self) -> Standing:
        """For statements that are made once for everybody of this standing."""
        return Standing(self.is_guest, self.is_coach, self.is_approved_coach, self.is_staff)

    @property
    def habits(self) -> Habits:
        """For fragments that are the same for all who read alike."""
        return Habits(self.locale, self.time_zone)

    def has(self, side: Side) -> bool:
        """Whether the person has this side, whichever they look from."""
        return self.is_student if side is Side.STUDENT else self.is_coach

    def is_apart_from(self, account_id: int) -> bool:
        """Whether one of the two has blocked the other."""
        return account_id in self.blocks or account_id in self.blocked_by

    @property
    def name(self) -> str:
        """First and last name, for the person's own pages."""
        return f"{self.first_name} {self.last_name}"


GUEST = Viewer()
Who = Viewer | Standing


def _numbers(of: Any, where: Any) -> Any:
    """All of them in one value of the row, since every page reads it: "7 12"."""
    space: Any = literal_column("' '")  # a value would be looked for at each use
    return select(func.aggregate_strings(cast(of, String), space)).where(where).scalar_subquery()


_PERSON = (
    select(
        Account.id,
        Account.first_name,
        Account.last_name,
        Account.email,
        Account.status,
        Account.staff_role,
        Account.role_view,
        Account.time_zone,
        Account.locale,
        Account.theme,
        Account.data_saver,
        Account.email_confirmed_at,
        Account.must_reset_password,
        Account.country,
        StudentProfile.account_id.label("student_id"),
        CoachProfile.status.label("coach_status"),
        CoachProfile.handle,
        _numbers(Block.blocked_id, Block.blocker_id == Account.id).label("blocks"),
        _numbers(Block.blocker_id, Block.blocked_id == Account.id).label("blocked_by"),
    )
    .select_from(Account)
    .join(StudentProfile, StudentProfile.account_id == Account.id, isouter=True)
    .join(CoachProfile, CoachProfile.account_id == Account.id, isouter=True)
)
_OF_ACCOUNT = _PERSON.where(Account.id == bindparam("account_id"))
_SIGNED_IN = (
    _PERSON.add_columns(
        SignIn.id.label("sign_in_id"),
        SignIn.seen_at,
        SignIn.proved_at,
        SignIn.remember,
        SignIn.expires_at,
    )
    .join(SignIn, SignIn.account_id == Account.id)
    .where(SignIn.token_hash == bindparam("token_hash"))
)


def signed_in(db: Session, token_hash: bytes, *, at: datetime) -> Viewer:
    """The person whose sign-in has this hash and still holds at this instant, or the guest."""
    row = ask(db, _SIGNED_IN, token_hash=token_hash).one_or_none()
    if row is None or not still_holds(row, at=at):
        return GUEST
    person = _viewer(row)
    if person.is_guest:
        return GUEST
    return msgspec.structs.replace(
        person, sign_in_id=row.sign_in_id, seen_at=row.seen_at, proved_at=row.proved_at
    )


def still_holds(sign_in: Any, *, at: datetime) -> bool:
    """Whether a sign-in, as it is stored, has neither run out nor gone idle at this instant."""
    idle = IDLE_REMEMBERED if sign_in.remember else IDLE
    return bool(at < sign_in.expires_at and at < sign_in.seen_at + idle)


def of_account(db: Session, account_id: int) -> Viewer:
    """The same person without a sign-in, as actions and tests meet them; the guest for nobody."""
    row = ask(db, _OF_ACCOUNT, account_id=account_id).one_or_none()
    return GUEST if row is None else _viewer(row)


def _viewer(row: Any) -> Viewer:
    if row.status is AccountStatus.SUSPENDED:
        return GUEST
    return Viewer(
        id=row.id,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        has_confirmed_email=row.email_confirmed_at is not None,
        must_reset_password=row.must_reset_password,
        staff_role=row.staff_role,
        role_view=side_seen_from(row),
        time_zone=row.time_zone,
        locale=row.locale,
        theme=row.theme,
        data_saver=row.data_saver,
        country=row.country,
        is_student=row.student_id is not None,
        coach_status=row.coach_status,
        handle=row.handle or "",
        blocks=frozenset(map(int, (row.blocks or "").split())),
        blocked_by=frozenset(map(int, (row.blocked_by or "").split())),
    )


def side_seen_from(person: Any) -> Side:
    """The role view as it was chosen, but nobody looks from a side they lack."""
    if person.role_view is Side.COACH and person.coach_status is None:
        return Side.STUDENT
    if person.student_id is None and person.coach_status is not None:
        return Side.COACH
    view: Side = person.role_view
    return view
