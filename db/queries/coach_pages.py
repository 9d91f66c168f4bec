"""A coach's page as anybody reads it: facts that are stored, nothing else."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from db.models.accounts import Account, AccountStatus
from db.models.learning_sessions import LearningSession
from db.models.pictures import Picture
from db.models.profiles import CoachProfile, CoachStatus
from db.models.skills import LanguageLevel, SkillLevel
from db.queries import coach_lists
from db.queries.coach_lists import Learned, Worked
from db.queries.session_standing import took_place
from db.statements import AT, KEPT, KEY, ask


class Owner(msgspec.Struct, frozen=True):
    """The account behind a page, as far as rules ask for it."""

    status: AccountStatus


class CoachPage(msgspec.Struct, frozen=True):
    """All of it is public once the coach is approved; `picture` is a token.

    What rules ask of a profile, they can ask of this: `account_id` and `account`.
    """

    id: int
    first_name: str
    last_name: str
    country: str | None
    time_zone: str
    member_since: datetime
    account_status: AccountStatus
    handle: str
    status: CoachStatus
    hidden_from_search_engines: bool
    headline: str
    bio: str
    rate: int | None
    currency: str
    picture: str | None
    languages: tuple[tuple[str, LanguageLevel], ...]
    skills: tuple[tuple[str, SkillLevel], ...]
    experiences: tuple[Worked, ...]
    educations: tuple[Learned, ...]

    @property
    def name(self) -> str:
        """A coach's name is public."""
        return f"{self.first_name} {self.last_name}"

    @property
    def account_id(self) -> int:
        """Whose page it is."""
        return self.id

    @property
    def account(self) -> Owner:
        """Whether they are suspended."""
        return Owner(self.account_status)

    @property
    def is_listed(self) -> bool:
        """Whether anybody may find this page."""
        return self.status is CoachStatus.APPROVED and self.account_status is AccountStatus.ACTIVE

    @property
    def is_for_search_engines(self) -> bool:
        """Whether the coach wants strangers to find it, too."""
        return self.is_listed and not self.hidden_from_search_engines


_PERSON: tuple[Any, ...] = (
    Account.id,
    Account.first_name,
    Account.last_name,
    Account.country,
    Account.time_zone,
    Account.created_at,
    Account.status,
    CoachProfile.handle,
    CoachProfile.status,
    CoachProfile.hidden_from_search_engines,
    CoachProfile.headline,
    CoachProfile.bio,
    CoachProfile.rate,
    CoachProfile.currency,
    Picture.token,
)


def coach(db: Session, account_id: int) -> CoachPage:
    """The page of a coach, who has been found to be visible."""
    return _page(db, ask(db, _of_account(), key=account_id).one())


def called(
    db: Session, handle: str, visible: ColumnElement[bool], *, viewer_id: int, at: datetime
) -> tuple[CoachPage, int] | None:
    """The page with this name, if it is visible, and how many sessions its coach has taught.

    Those count that took place, even if a job is late to write it down.
    """
    values = {"handle": handle, "viewer": viewer_id, "at": at}
    found = ask(db, _called(visible), **values).one_or_none()
    if found is None:
        return None
    *person, taught = found
    return _page(db, person), taught


@cache
def _of_account() -> Select[*tuple[Any, ...]]:
    return _people().where(Account.id == KEY)


@lru_cache(KEPT)
def _called(visible: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    theirs = (LearningSession.coach_id == Account.id, took_place(AT))
    taught = select(func.count(LearningSession.id)).where(*theirs).scalar_subquery()
    return _people(taught).where(CoachProfile.handle == bindparam("handle"), visible)


def _people(*more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*_PERSON, *more)
        .select_from(Account)
        .join(CoachProfile, CoachProfile.account_id == Account.id)
        .outerjoin(Picture, Picture.id == CoachProfile.picture_id)
    )


def _page(db: Session, person: Sequence[Any]) -> CoachPage:
    facts: list[Any] = [*person, *coach_lists.lists(db, person[0])]
    return CoachPage(*facts)
