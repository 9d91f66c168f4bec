"""The scene of the matrix: one thing of each kind, in the state a row names."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access.permissions import Permission
from app.access.rules import RULES
from app.access.scopes import LOADED, VISIBLE
from app.clock import now
from db.models.accounts import Account, AccountStatus, Side
from db.models.contracts import Contract, ContractStatus
from db.models.educations import Education
from db.models.experiences import Experience
from db.models.invitations import Invitation, InvitationStatus
from db.models.languages import CoachLanguage, StudentLanguage
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.learning_sessions import LearningSession
from db.models.outgoing_mail import MailStatus, OutgoingMail
from db.models.payments import Payment, PaymentStatus
from db.models.pictures import Picture, PictureKind
from db.models.portfolio_items import PortfolioItem
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from db.models.proposals import Proposal, ProposalStatus
from db.models.reports import Report, ReportOutcome
from db.models.reviews import REPLIED_WITHIN, REVIEWED_WITHIN, Review
from db.models.sign_ins import SignIn
from db.models.threads import Thread
from db.queries.viewers import Viewer
from tests.access.matrix import MATRIX
from tests.access.session_scenes import make_session
from tests.contract_factories import make_contract, make_payment, make_review
from tests.factories import (
    make_block,
    make_coach,
    make_education,
    make_experience,
    make_invitation,
    make_language,
    make_mail,
    make_picture,
    make_portfolio_item,
    make_proposal,
    make_report,
    make_request,
    make_shown_picture,
    make_sign_in,
    make_thread,
)

Cell = tuple[str, bool]
Row = tuple[Permission, str, dict[str, bool]]


def rows() -> list[Row]:
    """The matrix as data: permission, state, and for each person whether they may."""
    heading, *lines = [line.split() for line in MATRIX.strip().splitlines() if line.strip()]
    people = heading[2:]
    read = []
    for permission, state, *cells in lines:
        assert len(cells) == len(people), f"{permission} {state} has {len(cells)} columns"
        assert set(cells) <= {"yes", "-"}, f"{permission} {state}: only yes and -"
        may = {who: cell == "yes" for who, cell in zip(people, cells, strict=True)}
        read.append((Permission(permission), state, may))
    return read


def make_thing(db: Session, cast: dict[str, Account], model: type | None, state: str) -> Any:
    """What a row is about: a request, a proposal, a profile or a thread."""
    if model is None:
        return None
    thing = MAKERS[model](db, cast, state)
    db.commit()
    db.expunge_all()
    [key] = model.__table__.primary_key  # type: ignore[attr-defined]
    number = getattr(thing, key.name)
    return db.scalars(select(model).where(key == number).options(*LOADED[model])).one()


def is_visible(db: Session, viewer: Viewer, thing: Any) -> bool:
    """Whether the thing meets the condition that every list and lookup carries."""
    model = type(thing)
    [key] = model.__table__.primary_key
    condition = VISIBLE[model](viewer)
    query = select(key).where(key == getattr(thing, key.name), condition)
    return db.scalars(query).one_or_none() is not None


def about(permission: Permission) -> type | None:
    return RULES[permission].about


def _request(db: Session, cast: dict[str, Account], state: str) -> LearningRequest:
    status = RequestStatus.OPEN
    if state == "on_hold":  # while its student is suspended
        cast["sofia"].status = AccountStatus.SUSPENDED
    elif not _blocked(db, cast, state):
        status = RequestStatus(state)
    wanted = make_request(db, cast["sofia"], status=status)
    for name in ("carla", "cole"):
        make_proposal(db, wanted, cast[name])
    return wanted


def _proposal(db: Session, cast: dict[str, Account], state: str) -> Proposal:
    wanted = make_request(db, cast["sofia"])
    make_proposal(db, wanted, cast["cole"])
    return make_proposal(db, wanted, cast["carla"], status=ProposalStatus(state))


def _invitation(db: Session, cast: dict[str, Account], state: str) -> Invitation:
    status = RequestStatus.OPEN
    if state.startswith("on_"):  # the request has ended, and the invitation was left open
        status, state = RequestStatus(state.removeprefix("on_")), "open"
    wanted = make_request(db, cast["sofia"], status=status)
    return make_invitation(db, wanted, cast["carla"], status=InvitationStatus(state))


def _coach(db: Session, cast: dict[str, Account], state: str) -> CoachProfile:
    if state in ("minas", "minas_changed"):
        status = CoachStatus.SUBMITTED if state == "minas" else CoachStatus.APPROVED
        make_coach(db, cast["mina"], status=status, to_look_at=["name"])
        return db.get_one(CoachProfile, cast["mina"].id)
    coach = db.get_one(CoachProfile, cast["carla"].id)
    if _blocked(db, cast, state):
        return coach
    if state == "changed":
        coach.to_look_at = ["headline"]
    elif state.startswith("claimed"):
        minutes = 20 if state == "claimed" else -1
        coach.status, coach.claimed_by_id = CoachStatus.SUBMITTED, cast["mina"].id
        coach.claimed_until = now() + timedelta(minutes=minutes)
    else:
        coach.status = CoachStatus(state)
    return coach


def _student(db: Session, cast: dict[str, Account], state: str) -> StudentProfile:
    _proposal(db, cast, state)
    return db.get_one(StudentProfile, cast["sofia"].id)


def _thread(db: Session, cast: dict[str, Account], state: str) -> Thread:
    both = (cast["sofia"], cast["carla"])
    told = {
        "invited": {"student_wrote_at": None, "invited_at": now()},
        "not_begun": {"student_wrote_at": None},
    }.get(state, {})
    if state == "accepted":
        told = {"student_wrote_at": None, "proposal_id": _proposal(db, cast, state).id}
    elif state == "not_approved":
        db.get_one(CoachProfile, cast["carla"].id).status = CoachStatus.SUSPENDED
    elif state in ("no_student", "no_coach"):
        both[state == "no_coach"].status = AccountStatus.SUSPENDED
    _blocked(db, cast, state)
    return make_thread(db, *both, **told)


def _blocked(db: Session, cast: dict[str, Account], state: str) -> bool:
    """Whether one has blocked the other in this state; Sofia Carla, or `_back`."""
    if state in ("blocked", "blocked_back"):
        two = [cast["sofia"], cast["carla"]]
        make_block(db, *(reversed(two) if state == "blocked_back" else two))
    return state.startswith("blocked")


def _sign_in(db: Session, cast: dict[str, Account], state: str) -> SignIn:
    return make_sign_in(db, cast["sofia"])


def _picture(db: Session, cast: dict[str, Account], state: str) -> Picture:
    sofia, carla = cast["sofia"], cast["carla"]
    if state in ("sofias", "accepted"):
        _proposal(db, cast, "accepted" if state == "accepted" else "submitted")
        return make_shown_picture(db, sofia)
    if state in ("of_work", "removed_work"):
        picture = make_picture(db, carla, PictureKind.THUMBNAIL)
        gone = now() if state == "removed_work" else None
        make_portfolio_item(db, carla, thumbnail_id=picture.id, removed_at=gone)
        return picture
    picture = make_picture(db, carla)
    if state != "shown_nowhere":
        _coach(db, cast, state).picture_id = picture.id
    return picture


def _mail(db: Session, cast: dict[str, Account], state: str) -> OutgoingMail:
    return make_mail(db, cast["sofia"], status=MailStatus(state))


def _report(db: Session, cast: dict[str, Account], state: str) -> Report:
    sofia, carla, mina = cast["sofia"], cast["carla"], cast["mina"]
    if state.endswith("suspended"):
        cast["mina" if state == "minas_suspended" else "sofia"].status = AccountStatus.SUSPENDED
    coach = {"minas": mina, "minas_suspended": mina, "by_mina": mina, "adas": cast["ada"]}
    thread = make_thread(db, sofia, coach.get(state, carla))
    by = sofia if state in ("minas", "minas_suspended", "adas") else coach.get(state, carla)
    outcome = {"outcome": ReportOutcome.WARNED} if state == "closed" else {}
    return make_report(db, thread, by, **outcome)


def _contract(db: Session, cast: dict[str, Account], state: str) -> Contract:
    by = Side.STUDENT if state == "paused_by_sofia" else Side.COACH
    if state == "long_over":
        over = {"status": ContractStatus.COMPLETED, "ended_at": now() - REVIEWED_WITHIN}
        return make_contract(db, cast["sofia"], cast["carla"], **over)
    status = ContractStatus(state.removesuffix("_by_sofia"))
    paused = {"paused_at": now(), "paused_by": by} if status is ContractStatus.PAUSED else {}
    return make_contract(db, cast["sofia"], cast["carla"], status=status, **paused)


def _review(db: Session, cast: dict[str, Account], state: str) -> Review:
    sofia, carla = cast["sofia"], cast["carla"]
    contract = make_contract(db, sofia, carla, status=ContractStatus.COMPLETED)
    told: dict[str, Any] = {
        "sealed": {},
        "due": {"opens_at": now()},
        "replied": {"published_at": now(), "reply": "Thank you.", "replied_at": now()},
        "old": {"published_at": now() - REPLIED_WITHIN},
    }.get(state, {"published_at": now()})
    return make_review(db, contract, carla if state == "about_sofia" else sofia, **told)


def _payment(db: Session, cast: dict[str, Account], state: str) -> Payment:
    contract = make_contract(db, cast["sofia"], cast["carla"])
    return make_payment(db, contract, status=PaymentStatus(state))


def _experience(db: Session, cast: dict[str, Account], state: str) -> Experience:
    return make_experience(db, cast["carla"], removed_at=now() if state == "removed" else None)


def _portfolio_item(db: Session, cast: dict[str, Account], state: str) -> PortfolioItem:
    return make_portfolio_item(db, cast["carla"], removed_at=now() if state == "removed" else None)


def _education(db: Session, cast: dict[str, Account], state: str) -> Education:
    return make_education(db, cast["carla"], removed_at=now() if state == "removed" else None)


def _language(side: Side, who: str) -> Any:
    def make(db: Session, cast: dict[str, Account], state: str) -> Any:
        entry = make_language(db, cast[who], "fr", side)
        entry.removed_at = now() if state == "removed" else None
        return entry

    return make


MAKERS: dict[type, Any] = {
    LearningRequest: _request,
    Proposal: _proposal,
    Invitation: _invitation,
    CoachProfile: _coach,
    StudentProfile: _student,
    Thread: _thread,
    Contract: _contract,
    LearningSession: make_session,
    Review: _review,
    Payment: _payment,
    SignIn: _sign_in,
    OutgoingMail: _mail,
    Report: _report,
    Picture: _picture,
    Experience: _experience,
    Education: _education,
    CoachLanguage: _language(Side.COACH, "carla"),
    StudentLanguage: _language(Side.STUDENT, "sofia"),
    PortfolioItem: _portfolio_item,
}
