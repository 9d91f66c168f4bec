"""A small world in which every address of the site has something to show.

Tests find it by the fixture `world`; see built.py.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.clock import now
from app.jinja import assets
from db.models.accounts import Account, Side
from db.models.contracts import Contract, ContractStatus
from db.models.learning_requests import LearningRequest, RequestStatus
from db.models.learning_sessions import LearningSession
from db.models.outgoing_mail import MailStatus
from db.models.proposals import Proposal, ProposalStatus
from db.models.reports import ReportOutcome
from db.models.session_states import SessionStatus
from db.models.threads import Thread
from tests.contract_factories import (
    bring,
    make_contract,
    make_payment,
    make_review,
    on_the_slot,
    session_of,
)
from tests.factories import (
    make_bookmark,
    make_changed,
    make_claimed,
    make_copy,
    make_education,
    make_experience,
    make_invitation,
    make_language,
    make_mail,
    make_message,
    make_portfolio_item,
    make_proposal,
    make_report,
    make_request,
    make_shown_picture,
    make_sign_in,
    make_thread,
)
from tests.house.samples import SAMPLES
from tests.people import CAST, make_person


@dataclass
class World:
    """The cast, and what the samples' addresses are about."""

    people: dict[str, Account]
    ids: dict[str, Any]

    def sample(self, name: str) -> tuple[str, Account | None]:
        address, who = SAMPLES[name]
        return address.format(**self.ids), self.people[who] if who else None


def entries(db: Session, student: Account, coach: Account) -> dict[str, Any]:
    """An entry of each list of a profile."""
    return {
        "coach_language": make_language(db, coach, "fr", Side.COACH).id,
        "student_language": make_language(db, student, "fr").id,
        "experience": make_experience(db, coach).id,
        "education": make_education(db, coach).id,
        "portfolio_item": make_portfolio_item(db, coach).id,
    }


def reports(
    db: Session, thread: Thread, by: Account, student: Account, sid: Account
) -> dict[str, Any]:
    """A report that waits for staff, with one message, and the one that made them suspend Sid."""
    other_id = thread.coach_id if by.id == thread.student_id else thread.student_id
    said = "You asked three students to pay you elsewhere."
    earlier = make_thread(db, student, sid)
    kept = {"outcome": ReportOutcome.SUSPENDED, "decision": said}
    copy = make_copy((1, db.get_one(Account, other_id), "Tonight?"), reporter=by)
    return {
        "report": make_report(db, thread, by, copy=copy).id,
        "suspension": make_report(db, earlier, student, **kept).id,
    }


def contracts(db: Session, student: Account, coach: Account) -> dict[str, Any]:
    """One that runs, one that its student has paused, and two that ended, one of them reviewed."""
    paused = {"status": ContractStatus.PAUSED, "paused_at": now(), "paused_by": Side.STUDENT}
    contract = make_contract(db, student, coach)
    bring(db, contract, 1, to=SessionStatus.SCHEDULED)
    later = on_the_slot(now() + timedelta(days=3))
    bring(db, contract, 2, to=SessionStatus.PROPOSED, offered_starts_at=later)
    over = {"status": ContractStatus.ENDED_EARLY, "ended_at": now()}
    ended = make_contract(db, student, coach, title="Small talk", **over)
    earlier = on_the_slot(now() - timedelta(hours=30))
    bring(db, ended, 1, to=SessionStatus.COMPLETED, starts_at=earlier)
    reviewed = make_contract(db, student, coach, title="Letters", **over)
    return {
        "ended_contract": ended.id,
        "review": make_review(db, reviewed, student, published_at=now()).id,
        "contract": contract.id,
        "session": session_of(db, contract, 1).id,
        "offered_session": session_of(db, contract, 2).id,
        "open_session": session_of(db, contract, 3).id,
        "payment": make_payment(db, contract, 4).id,
        "paused_contract": make_contract(db, student, coach, title="Verbs", **paused).id,
        **outcomes(db, ended, earlier),
    }


def outcomes(db: Session, contract: Contract, at: datetime) -> dict[str, Any]:
    """A session to be confirmed, one that was reported, and one that counts all the same."""
    before, told = at - timedelta(hours=2), {"report": "The line was gone after ten minutes."}
    over = bring(db, contract, 2, to=SessionStatus.ENDED, starts_at=before)
    before -= timedelta(hours=2)
    reported = bring(db, contract, 3, to=SessionStatus.PROBLEM, starts_at=before, **told)
    counted = db.get_one(LearningSession, make_payment(db, contract, 6).session_id)
    counted.reported_by, counted.reported_at = Side.COACH, now()
    return {
        "past_session": over.id,
        "reported_session": reported.id,
        "counted_session": counted.id,
    }


def make_unsent(db: Session, wanted: LearningRequest, coach: Account) -> Proposal:
    """A draft, and the page it was written on, from which it will be sent."""
    typed = {"page": ["a-page-of-theirs"]}
    return make_proposal(db, wanted, coach, status=ProposalStatus.DRAFT, typed=typed)


KEYS = {"secret": "s" * 43, "mail_key": "k" * 43, "calendar_key": "c" * 43}


def build(db: Session) -> dict[str, Any]:
    """Put it into an empty database; what the samples' addresses are about comes back."""
    people = {name: make_person(db, name) for name in CAST}
    sofia, carla = people["sofia"], people["carla"]
    sofia.mail_key, sofia.calendar_key = KEYS["mail_key"], KEYS["calendar_key"]
    wanted = make_request(db, sofia, questions=("Where will you use it?",))
    proposal = make_proposal(db, wanted, carla)
    make_proposal(db, wanted, people["cole"])
    make_bookmark(db, wanted, carla)
    thread = make_thread(db, sofia, carla, invited_at=now())
    make_message(db, thread, sofia)
    make_message(db, thread, carla, "Thursday at six is good for me.")
    mail = make_mail(db, sofia, status=MailStatus.SET_ASIDE, problem="It cannot be reached.")
    ids = {
        "request": wanted.id,
        "draft": make_request(db, sofia, status=RequestStatus.DRAFT, title="Tax words").id,
        "paused": make_request(db, sofia, status=RequestStatus.PAUSED, title="Guitar").id,
        "proposal": proposal.id,
        "unsent": make_unsent(db, wanted, people["dora"]).id,
        "thread": thread.id,
        "invitee": "dora-lindqvist",
        "invitation": make_invitation(db, wanted, carla).id,
        "student": sofia.id,
        "picture": make_shown_picture(db, sofia).token,
        "mail": mail.id,
        **KEYS,
        "sign_in": make_sign_in(db, sofia).id,
        "applicant": people["petra"].id,
        "claimed": make_claimed(db, people["mina"]).id,
        "changed": make_changed(db, carla, "headline").id,
        "coach": "carla-ruiz",
        "side": "student",
        **dict.fromkeys(("step", "part"), "goal"),
        "sitemap": "1.xml",
        "stylesheet": assets().address("app.css"),
    }
    ids |= reports(db, thread, carla, people["sam"], people["sid"])
    ids |= contracts(db, sofia, carla)
    return ids | entries(db, sofia, carla)
