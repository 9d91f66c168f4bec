"""Whatever people do with each other, one after the other, ends as a short oracle says."""

from dataclasses import dataclass, field
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.models.accounts import AccountStatus
from db.models.messages import Message
from db.models.threads import Thread
from tests.factories import make_account, make_coach, make_request, make_student, make_thread

Pair = tuple[str, str]  # of the one who acts and the other one, or of a student and a coach


@dataclass
class Oracle:
    """Matrix A, read aloud."""

    threads: set[Pair] = field(default_factory=set)  # of a student and a coach
    contacts: set[Pair] = field(default_factory=set)  # the student wrote, invited or accepted
    waiting: set[Pair] = field(default_factory=set)  # a proposal
    blocks: set[Pair] = field(default_factory=set)
    suspended: set[str] = field(default_factory=set)

    def are_apart(self, one: str, other: str) -> bool:
        blocked = {(one, other), (other, one)} & self.blocks
        return bool(blocked or {one, other} & self.suspended)

    def may_begin(self, me: str, other: str) -> bool:
        return me != other and not self.are_apart(me, other)

    def may_go_on(self, me: str, student: str, coach: str) -> bool:
        there = (student, coach) in self.threads and not self.are_apart(student, coach)
        return there and (me == student or (student, coach) in self.contacts)

    def may(self, verb: str, me: str, other: str) -> bool:
        if verb in ("is suspended", "is restored"):
            return (me in self.suspended) is (verb == "is restored")
        know_each_other = bool({(me, other), (other, me)} & self.threads)
        return {
            "writes first": self.may_begin(me, other),
            "invites": self.may_begin(me, other),
            "proposes": self.may_begin(me, other),
            "accepts": (me, other) in self.waiting and not self.are_apart(me, other),
            "goes on as student": self.may_go_on(me, me, other),
            "goes on as coach": self.may_go_on(me, other, me),
            "blocks": know_each_other and (me, other) not in self.blocks,
            "unblocks": know_each_other and (me, other) in self.blocks,
        }[verb] and me not in self.suspended

    def done(self, verb: str, me: str, other: str) -> None:
        if verb in ("writes first", "invites", "accepts", "goes on as student"):
            self.threads.add((me, other))
            self.contacts.add((me, other))
        if verb == "proposes":
            self.waiting.add((other, me))
        elif verb == "accepts":
            self.waiting.remove((me, other))
        elif verb == "blocks":
            self.blocks.add((me, other))
        elif verb == "unblocks":
            self.blocks.remove((me, other))
        elif verb == "is suspended":
            self.suspended.add(me)
        elif verb == "is restored":
            self.suspended.remove(me)


WORDS = {"text": "Would Thursday suit you?"}
PROPOSAL = {
    "message": "We would speak from the first minute, about markets and trains. " * 3,
    "sessions": "6", "minutes": "60", "price": "18", "action": "send",
}  # fmt: skip


class Site:
    """The same deeds, done by browsers."""

    def __init__(self, db, browser):
        self.db, self.browser = db, browser
        self.people = {
            name: make_student(db, make_coach(db, make_account(db, first_name=name)))
            for name in NAMES
        }
        self.handles = {
            name: f"{one.first_name}-{one.last_name}".lower().replace(" ", "-")
            for name, one in self.people.items()
        }
        self.proposals = {}

    def does(self, verb, me, other):
        """Whether it was done; nothing else than yes and no may come of it."""
        if verb in ("is suspended", "is restored"):
            return self.is_moved(verb, self.people[me])
        path, form = self.form_of(verb, me, other)
        answer = self.browser.as_(self.people[me]).post(path, form)
        assert answer.status in (303, 403, 404, 409), f"{me} {verb} {other}: {answer!r}"
        done = answer.status == 303 and not answer.asks_to_sign_in
        if done and verb == "proposes":
            self.proposals[other, me] = answer.location.removeprefix("/proposals/")
        return done

    def is_moved(self, verb, person):
        before, status = person.status, AccountStatus.ACTIVE
        if verb == "is suspended":
            status = AccountStatus.SUSPENDED
        person.status = status
        return before is not status

    def form_of(self, verb, me, other):
        if verb in ("writes first", "invites"):
            door = f"/coaches/{self.handles[other]}/"
            if verb == "writes first":
                return door + "message", WORDS
            return door + "invite", {"request": make_request(self.db, self.people[me]).id}
        if verb == "proposes":
            wanted = make_request(self.db, self.people[other])
            return f"/requests/{wanted.id}/proposals", PROPOSAL
        if verb == "accepts":
            number = self.proposals.get((me, other), 10**9)
            return f"/proposals/{number}/accept", {"version": "1"}
        as_student, as_coach = self.thread(me, other), self.thread(other, me)
        if verb.startswith("goes on"):
            return f"/messages/{as_student if verb.endswith('student') else as_coach}", WORDS
        there = as_coach if as_student == NOWHERE else as_student
        return f"/messages/{there}/{verb.removesuffix('s')}", {}

    def thread(self, student, coach):
        two = {"student_id": self.people[student].id, "coach_id": self.people[coach].id}
        found = self.db.query(Thread).filter_by(**two).one_or_none()
        return found.id if found else NOWHERE


NOWHERE = 10**9
NAMES = ("Ana", "Ben", "Cleo")
VERBS = (
    "writes first", "invites", "proposes", "accepts", "goes on as student", "goes on as coach",
    "blocks", "unblocks", "is suspended", "is restored",
)  # fmt: skip
STEPS = 14


def next_step(data, oracle):
    """Three times in four something that may be done; else anything, also with oneself."""
    pairs = list(product(NAMES, NAMES))
    found = dict.fromkeys(VERBS, pairs)
    if data.draw(st.integers(0, 3)):
        found = {verb: [two for two in pairs if oracle.may(verb, *two)] for verb in VERBS}
    verb = data.draw(st.sampled_from([verb for verb in VERBS if found[verb]]))
    return verb, *data.draw(st.sampled_from(found[verb]))


@given(data=st.data())
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
def test_every_sequence_ends_as_the_oracle_says(db, browser, data):
    site, oracle, done = Site(db, browser), Oracle(threads={("Ana", "Ben")}), []
    make_thread(db, site.people["Ana"], site.people["Ben"], student_wrote_at=None)
    written = db.query(Message).count()
    for _ in range(STEPS):
        verb, me, other = step = next_step(data, oracle)
        expected = oracle.may(verb, me, other)
        done.append((*step, expected))
        assert site.does(verb, me, other) is expected, done
        if expected:
            oracle.done(verb, me, other)
            written += verb in ("writes first", "goes on as student", "goes on as coach")
        assert db.query(Message).count() == written, done
    for student, coach in oracle.threads:
        for me in {student, coach} - oracle.suspended:
            page = browser.as_(site.people[me]).get(f"/messages/{site.thread(student, coach)}")
            assert page.has("#composer textarea") is oracle.may_go_on(me, student, coach), done
