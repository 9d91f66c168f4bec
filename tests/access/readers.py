"""Everybody who may look for a student, in every relation to her that matrix B names."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from app.actions.unread_messages import tell_of_unread
from app.clock import now
from app.events import record
from app.notify import proposals as tell
from db.models.accounts import Account, AccountStatus, Side, StaffRole
from db.models.contracts import ContractStatus
from db.models.events import Event
from db.models.invitations import InvitationStatus
from db.models.proposals import ProposalStatus
from db.models.threads import Thread
from db.queries import unread_messages
from db.queries.student_profiles import LOOKED_AT
from tests.contract_factories import make_contract, session_of
from tests.factories import (
    make_account,
    make_bookmark,
    make_coach,
    make_coach_skill,
    make_invitation,
    make_message,
    make_proposal,
    make_request,
    make_student,
    make_thread,
)


@dataclass
class Scene:
    """The student, those who read, and every address that is about her."""

    db: Any
    student: Any
    secrets: dict[str, dict[str, str]]
    readers: dict[str, Any] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    proposals: list[tuple[Any, Any]] = field(default_factory=list)

    def coach(self, name: str, *, both: bool = False, **but: Any) -> Any:
        person = make_account(self.db, first_name="Coach", last_name=f"Nr {len(self.readers)}")
        person.role_view = Side.STUDENT if name.endswith("learning") else Side.COACH
        make_coach(self.db, person, **but)
        make_coach_skill(self.db, person, "Spanish")
        if both:
            make_student(self.db, person)
        self.readers[name] = person
        return person

    def wrote(self, coach: Any, *, by: Any = None) -> None:
        wrote_at = now() if by is None else None
        thread = make_thread(self.db, self.student, coach, student_wrote_at=wrote_at)
        make_message(self.db, thread, by or self.student)
        self.addresses += [f"/messages/{thread.id}", f"/messages/{thread.id}/new?after=0.0"]

    def invited(self, coach: Any, status: str = "open") -> None:
        wanted = make_request(self.db, self.student)
        make_invitation(self.db, wanted, coach, status=InvitationStatus(status))
        told = {"student_wrote_at": None, "invited_at": now()}
        thread = make_thread(self.db, self.student, coach, **told)
        self.addresses += [f"/requests/{wanted.id}", f"/messages/{thread.id}"]

    def proposed(self, coach: Any, status: str = "submitted") -> Any:
        wanted = make_request(self.db, self.student)
        proposal = make_proposal(self.db, wanted, coach, status=ProposalStatus(status))
        self.addresses += [f"/requests/{wanted.id}", f"/requests/{wanted.id}/proposals"]
        self.addresses += [f"/proposals/{proposal.id}"]
        self.proposals.append((proposal, wanted))
        if status == "accepted":
            thread = make_thread(
                self.db, self.student, coach, student_wrote_at=None, proposal_id=proposal.id
            )
            make_message(self.db, thread, self.student)
        return proposal

    def agreed(self, coach: Any, *, over_for: int) -> None:
        ended = {"status": ContractStatus.COMPLETED, "ended_at": now() - timedelta(days=over_for)}
        contract = make_contract(self.db, self.student, coach, **ended)
        thread = make_thread(
            self.db, self.student, coach, student_wrote_at=None, proposal_id=contract.proposal_id
        )
        make_message(self.db, thread, self.student)
        meets = session_of(self.db, contract)
        self.addresses += [f"/contracts/{contract.id}", f"/contracts/{contract.id}/review"]
        self.addresses += [f"/messages/{thread.id}", f"/sessions/{meets.id}", "/sessions?list=past"]
        self.addresses += [f"/proposals/{contract.proposal_id}", "/contracts?show=over"]


def people(told: Scene) -> None:
    """Coaches in every relation to her."""
    told.coach("coach without relation")
    told.coach("coach not yet approved", status="submitted")
    marked = make_request(told.db, told.student)
    make_bookmark(told.db, marked, told.coach("coach who bookmarked"))
    told.wrote(told.coach("coach she wrote to"))
    told.invited(told.coach("coach she invited"))
    told.invited(told.coach("coach she invited, withdrawn"), "withdrawn")
    told.proposed(told.coach("coach with a proposal"))
    told.proposed(told.coach("coach shortlisted"), "shortlisted")
    both = told.coach("coach with a proposal, wrote")
    told.proposed(both)
    told.wrote(both)
    told.proposed(told.coach("coach declined"), "declined")
    told.proposed(told.coach("coach withdrawn"), "withdrawn")
    passed = told.coach("coach not selected, wrote")
    told.proposed(passed, "not_selected")
    told.wrote(passed)
    told.proposed(told.coach("coach accepted"), "accepted")
    told.agreed(told.coach("coach whose contract is over"), over_for=89)
    told.agreed(told.coach("coach whose contract is long over"), over_for=91)
    gone = told.coach("coach accepted, suspended")
    told.proposed(gone, "accepted")
    gone.status = AccountStatus.SUSPENDED
    for view in ("teaching", "learning"):
        told.coach(f"both sides, no relation, {view}", both=True)
        told.proposed(told.coach(f"both sides, accepted, {view}", both=True), "accepted")
    told.wrote(told.coach("both sides, wrote, learning", both=True))
    eager = told.coach("both sides, her coach writes to", both=True)
    told.wrote(eager, by=eager)


def staff(told: Scene) -> None:
    """Members of our team, who said why they look, or did not."""
    for name, whom, minutes in (
        ("staff", None, 0),
        ("staff who looks", told.student, 5),
        ("staff who looked long ago", told.student, 16),
        ("staff who looks at another", told.readers["another student"], 5),
    ):
        person = make_account(told.db, first_name="Staff", staff_role=StaffRole.MODERATOR)
        told.readers[name] = person
        if whom is not None:
            look(told.db, person, whom, minutes)


def notices(told: Scene) -> None:
    """What the site tells each of them, in their lists and by mail."""
    for proposal, wanted in told.proposals:
        event = record(told.db, "proposal.looked_at", by=None, subject=proposal)
        coach = told.db.get_one(Account, proposal.coach_id)
        tell.proposal_not_selected(told.db, coach, event, wanted, proposal)
    for thread in told.db.query(Thread).filter_by(student_id=told.student.id):
        thread.student_waits_at = thread.coach_waits_at = now()
    told.db.flush()
    for number, side in unread_messages.due(told.db, now()):
        waiting = unread_messages.held(told.db, number, side, now())
        tell_of_unread(told.db, waiting, side)


def look(db: Any, person: Any, whom: Any, minutes: int) -> None:
    at = now() - timedelta(minutes=minutes)
    detail = {"reason": "They asked us to look."}
    subject = LOOKED_AT.split(".")[0]
    db.add(
        Event(
            at=at, actor_id=person.id, name=LOOKED_AT, subject=subject, subject_id=whom.id,
            detail=detail,
        )
    )  # fmt: skip
    db.flush()
