"""On the way to becoming a coach: what is left unfinished is kept, what is finished is sent."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.clock import now
from app.errors import Refused
from app.events import record
from app.forms.coach_onboarding import Step
from app.forms.form import WHOLE_FORM, Posted
from app.forms.text import storable
from app.onboarding import missing
from db.models.accounts import Side
from db.models.moves import move
from db.models.profiles import CoachStatus
from db.models.step_drafts import StepDraft
from db.queries import coach_profiles
from db.queries.viewers import Viewer

NOT_KEPT = ("action", "version", "form_key", "remove")


def keep_draft(
    db: Session, step: Step, posted: Posted, *, by: Viewer, stored: Posted | None = None
) -> None:
    """Keep what stands in a step as it was typed, even if it could not be saved like that.

    What says the same as `stored` does, or nothing at all, is not kept.
    """
    coach_profiles.held(db, by.id)
    fields = storable({name: texts for name, texts in posted.items() if name not in NOT_KEPT})
    known = {name: texts for name, texts in _filled(stored or {}).items() if name in fields}
    if _filled(fields) == known:
        drop_draft(db, step, by=by)
        return
    draft = coach_profiles.draft(db, by.id, step.name)
    if draft is None:
        draft = StepDraft(account_id=by.id, step=step.name)
        db.add(draft)
    draft.fields, draft.saved_at = fields, now()
    # No history row: nothing of it counts for anybody but its writer.


def drop_draft(db: Session, step: Step, *, by: Viewer) -> None:
    """Forget what was left in a step, now that it has been saved."""
    here = StepDraft.account_id == by.id, StepDraft.step == step.name
    db.execute(delete(StepDraft).where(*here))  # of two who forget it at once, both have


def submit_profile(db: Session, *, by: Viewer) -> None:
    """Send the application to staff; sent already, from another tab, it stays as it is.

    Raises Refused when a step is missing, WrongMove when it was decided on.
    """
    coach = coach_profiles.held(db, by.id)
    if coach.status is CoachStatus.SUBMITTED:
        return
    lacking = missing(coach_profiles.filled(db, coach.account_id))
    if lacking:
        names = ", ".join(step.title for step in lacking)
        raise Refused(WHOLE_FORM, f"Before you can send it, fill in: {names}.")
    was = coach.status
    move(coach, CoachStatus.SUBMITTED)
    coach.submitted_at = coach.guidelines_accepted_at = now()
    detail: dict[str, Any] = {"before": was, "after": coach.status}
    record(db, "coach_profile.submitted", by=by, side=Side.COACH, subject=coach, **detail)


def _filled(fields: Posted) -> dict[str, list[str]]:
    found = {name: [text for text in texts if text] for name, texts in fields.items()}
    return {name: texts for name, texts in found.items() if texts}
