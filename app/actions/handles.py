"""What a coach decides about the address of their page."""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.clock import now
from app.errors import Refused, WrongState
from app.events import record
from app.forms.handles import HandleForm, stored_handle
from app.forms.versions import version_of
from db.models.accounts import Side
from db.models.former_handles import FormerHandle
from db.models.profiles import CoachProfile
from db.queries import coach_profiles, handles
from db.queries.viewers import Viewer

PERIOD, MOST_CHANGES = timedelta(days=30), 5
TAKEN = "This name is taken."
TOO_OFTEN = (
    f"You have changed your address {MOST_CHANGES} times in {PERIOD.days} days. Keep this one for"
    " a while, so that people can find you."
)


def change_handle(db: Session, form: HandleForm, *, by: Viewer) -> CoachProfile:
    """Give a coach's page another name, and let search engines list it or not.

    The name it had leads to it from then on, and stays this coach's. Raises WrongState when it was
    changed since the form was opened.
    """
    coach = coach_profiles.held(db, by.id)
    wanted = (form.handle, form.hidden_from_search_engines)
    if wanted == (coach.handle, coach.hidden_from_search_engines):
        return coach  # pressed twice, or nothing changed
    if form.version != version_of(stored_handle(coach)):
        raise WrongState("Your address was changed meanwhile.", to="/profile/coach/address")
    if form.handle != coach.handle:
        _rename(db, coach, form.handle, by=by)
    if form.hidden_from_search_engines != coach.hidden_from_search_engines:
        coach.hidden_from_search_engines = form.hidden_from_search_engines
        name = "coach_profile.hidden" if coach.hidden_from_search_engines else "coach_profile.shown"
        record(db, name, by=by, side=Side.COACH, subject=coach)
    return coach


def _rename(db: Session, coach: CoachProfile, handle: str, *, by: Viewer) -> None:
    if handles.changed_since(db, coach.account_id, now() - PERIOD) >= MOST_CHANGES:
        raise Refused("handle", TOO_OFTEN)
    was = coach.handle
    try:
        with db.begin_nested():
            coach.handle = handle
    except IntegrityError:  # somebody else's, perhaps since this very moment
        raise Refused("handle", TAKEN) from None
    # Asked only now that nobody else can take it: who had it once has left it before.
    if handles.is_taken(db, handle, but=coach.account_id):
        raise Refused("handle", TAKEN)
    mine = handles.former(db, handle)
    if mine is not None:
        db.delete(mine)
    db.add(FormerHandle(handle=was, account_id=coach.account_id, left_at=now()))
    record(
        db, "coach_profile.handle_changed", by=by, side=Side.COACH, subject=coach, left=was,
        taken=handle,
    )  # fmt: skip
