"""What every writer holds before a thing, so that two never hold what the other waits for."""

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from db.aliases import another
from db.models.accounts import Account
from db.models.contracts import Contract
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.invitations import Invitation
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest
from db.models.learning_sessions import LearningSession
from db.models.payments import Payment
from db.models.portfolio_items import PortfolioItem
from db.models.profiles import CoachProfile, StudentProfile
from db.models.proposals import Proposal
from db.models.reports import Report
from db.models.reviews import Review
from db.models.sign_ins import SignIn
from db.models.threads import Thread
from db.statements import KEY, hold_rows

# Entries of a list, and the profile that is locked before any of them is written.
ENTRIES: dict[type, Any] = {
    Experience: CoachProfile,
    Education: CoachProfile,
    CoachLanguage: CoachProfile,
    StudentLanguage: StudentProfile,
    PortfolioItem: CoachProfile,
}


def both_threads(thread_id: Any) -> Select[Any]:
    """A thread and that of the same two with sides swapped, always in the same order.

    Whoever waited for them reads afterwards how the two stand now.
    """
    one, this = another(Thread), another(Thread)
    same = and_(one.student_id == this.student_id, one.coach_id == this.coach_id)
    swapped = and_(one.student_id == this.coach_id, one.coach_id == this.student_id)
    pair = select(one.id).join(this, or_(same, swapped)).where(this.id == thread_id)
    return pair.order_by(one.id).with_for_update(of=one)


@cache
def locked_first(model: type) -> Select[Any] | None:
    """The row every writer locks before a thing of this model, of which KEY is the id.

    All that is done to proposals and invitations locks their request first, and all that ends
    sign-ins their account, those who decide on a coach the coach's account, and those who write
    in a thread, block somebody there or decide on a report of it both threads of the two, and
    what is done to a session, a payment or a review its contract, so that two writers never hold
    what the other waits for.
    """
    if model is Proposal:
        of = select(Proposal.request_id).where(Proposal.id == KEY).scalar_subquery()
        return select(LearningRequest.id).where(LearningRequest.id == of).with_for_update()
    if model is Invitation:
        of = select(Invitation.request_id).where(Invitation.id == KEY).scalar_subquery()
        return select(LearningRequest.id).where(LearningRequest.id == of).with_for_update()
    if model is Thread:
        return both_threads(KEY)
    if model is Report:
        of = select(Report.thread_id).where(Report.id == KEY).scalar_subquery()
        return both_threads(of)
    if model is SignIn:
        of = select(SignIn.account_id).where(SignIn.id == KEY).scalar_subquery()
        return select(Account.id).where(Account.id == of).with_for_update(key_share=True)
    if model is CoachProfile:
        return select(Account.id).where(Account.id == KEY).with_for_update(key_share=True)
    if model in ENTRIES:
        entries, profile = model.__table__.c, ENTRIES[model]  # type: ignore[attr-defined]
        of = select(entries.account_id).where(entries.id == KEY).scalar_subquery()
        held = select(profile.account_id).where(profile.account_id == of)
        return held.with_for_update(key_share=True)
    return its_contract(model)


def hold_first(db: Session, model: type, key: int) -> None:
    """Hold that row, if there is one."""
    first = locked_first(model)
    if first is not None:
        hold_rows(db, first, key=key)


def its_contract(model: Any) -> Select[Any] | None:
    """The contract's row: all that is done to it or what hangs on it holds this first."""
    if model not in (LearningSession, Payment, Review):
        return None
    of = select(model.contract_id).where(model.id == KEY).scalar_subquery()
    return select(Contract.id).where(Contract.id == of).with_for_update(key_share=True)
