"""The same kinds of thing as the samples' own, but another student's, and none at all."""

from typing import Any

from db.models.learning_requests import RequestStatus
from db.models.outgoing_mail import MailStatus
from tests.factories import (
    make_changed,
    make_claimed,
    make_invitation,
    make_mail,
    make_message,
    make_proposal,
    make_request,
    make_shown_picture,
    make_sign_in,
    make_thread,
)
from tests.worlds import contracts, entries, make_unsent, reports

NOBODYS = 10**12
UNKNOWN = {
    "coach": "nobody-here",
    "side": "staff",
    "invitee": "nobody-here",
    "secret": "too-short",
    "mail_key": "m" * 43,
    "calendar_key": "e" * 43,
    "sitemap": "9999.xml",
    "demo_mail": "20260101-000000-999999",
}


def others(db: Any, world: Any) -> dict[str, dict[str, Any]]:
    """What stands for the samples' names when the thing is Sam's (and Cole's), or missing."""
    sam, cole, dora, sid = (world.people[name] for name in ("sam", "cole", "dora", "sid"))
    sam.mail_key, sam.calendar_key = "l" * 43, "d" * 43
    wanted = make_request(db, sam, questions=("What would we cook first?",))
    thread = make_thread(db, sam, cole)
    make_message(db, thread, sam)
    make_message(db, thread, cole, "Bring an apron.")
    sams = {
        "request": wanted.id,
        "draft": make_request(db, sam, status=RequestStatus.DRAFT).id,
        "paused": make_request(db, sam, status=RequestStatus.PAUSED).id,
        "proposal": make_proposal(db, wanted, cole).id,
        "unsent": make_unsent(db, wanted, world.people["carla"]).id,
        "thread": thread.id,
        "invitee": "cole-bennett",
        "invitation": make_invitation(db, wanted, dora).id,
        "student": sam.id,
        "applicant": world.people["noor"].id,
        "claimed": make_claimed(db, world.people["ada"]).id,
        "changed": make_changed(db, cole, "name").id,
        "coach": "noor-haddad",
        "side": "coach",
        "picture": make_shown_picture(db, sam).token,
        "sign_in": make_sign_in(db, sam).id,
        "mail": make_mail(db, sam, status=MailStatus.SET_ASIDE).id,
        "secret": "t" * 43,
        "mail_key": sam.mail_key,
        "calendar_key": sam.calendar_key,
        "step": "goal",
        "part": "goal",
    }
    sams |= entries(db, sam, cole) | reports(db, thread, cole, dora, sid)
    sams |= contracts(db, sam, cole)
    missing = dict.fromkeys(sams, NOBODYS) | UNKNOWN
    return {"sams": sams, "missing": missing}
