"""Who is looking: the signed-in person as every rule and page sees them, read afresh each time."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus, Side, StaffRole, Theme
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from db.models.sign_ins import SignIn

IDLE_REMEMBERED = timedelta(days=14)
IDLE = timedelta(hours=12)


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """A person and what they are on Skileez; id 0 is a guest."""

    id: int = 0
    sign_in_id: int = 0
    seen_at: datetime | None = None
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    status: AccountStatus = AccountStatus.ACTIVE
    staff_role: StaffRole | None = None
    role_view: Side = Side.STUDENT
    time_zone: str = "UTC"
    theme: Theme = Theme.SYSTEM
    country: str | None = None
    is_student: bool = False
    coach_status: CoachStatus | None = None
    handle: str = ""

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

    def has(self, side: Side) -> bool:
        """Whether the person has this side, whichever they look from."""
        return self.is_student if side is Side.STUDENT else self.is_coach

    @property
    def name(self) -> str:
        """First and last name, for the person's own pages."""
        return f"{self.first_name} {self.last_name}"


GUEST = Viewer()

_WHO = (
    select(
        SignIn.remember,
        SignIn.expires_at,
        SignIn.id,
        SignIn.seen_at,
        Account.id,
        Account.first_name,
        Account.last_name,
        Account.email,
        Account.status,
        Account.staff_role,
        Account.role_view,
        Account.time_zone,
        Account.theme,
        Account.country,
        StudentProfile.account_id,
        CoachProfile.status,
        CoachProfile.handle,
    )
    .select_from(Account)
    .join(SignIn, SignIn.account_id == Account.id, isouter=True)
    .join(StudentProfile, StudentProfile.account_id == Account.id, isouter=True)
    .join(CoachProfile, CoachProfile.account_id == Account.id, isouter=True)
)


def signed_in(db: Session, token_hash: bytes, *, at: datetime) -> Viewer:
    """The person whose sign-in has this hash and still holds at this instant, or the guest."""
    row = db.execute(_WHO.where(SignIn.token_hash == token_hash)).one_or_none()
    if row is None:
        return GUEST
    remember, expires_at, *who = row
    idle = IDLE_REMEMBERED if remember else IDLE
    if at >= expires_at or at >= who[1] + idle:
        return GUEST
    return _viewer(who)


def of_account(db: Session, account_id: int) -> Viewer:
    """The same person without a sign-in, as actions and tests meet them; the guest for nobody."""
    row = db.execute(_WHO.where(Account.id == account_id).limit(1)).one_or_none()
    return GUEST if row is None else _viewer(list(row[2:]))


def _viewer(who: list) -> Viewer:  # type: ignore[type-arg]
    (sign_in, seen, account, first, last, email, status, staff, view, zone, theme, country) = who[
        :12
    ]
    is_student, coach_status, handle = who[12:]
    if status is AccountStatus.SUSPENDED:
        return GUEST
    if view is Side.COACH and coach_status is None:
        view = Side.STUDENT  # nobody looks from a side they lack
    elif view is Side.STUDENT and is_student is None and coach_status is not None:
        view = Side.COACH
    return Viewer(
        id=account,
        sign_in_id=sign_in or 0,
        seen_at=seen,
        first_name=first,
        last_name=last,
        email=email,
        status=status,
        staff_role=staff,
        role_view=view,
        time_zone=zone,
        theme=theme,
        country=country,
        is_student=is_student is not None,
        coach_status=coach_status,
        handle=handle or "",
    )
