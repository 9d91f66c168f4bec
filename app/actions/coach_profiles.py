"""What a coach does with their own profile, part by part. An approved one stays on the market."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions.pictures import drop_picture, store_picture
from app.actions.search_entries import index_coach
from app.actions.skills import find_or_create_skills
from app.errors import Refused
from app.events import record
from app.forms.coach_profiles import (
    MOST_SKILLS,
    DetailsForm,
    GoalForm,
    HeadlineForm,
    SkillsForm,
)
from app.pictures import Upload
from db.models.accounts import Side
from db.models.pictures import PictureKind
from db.models.profiles import CoachProfile, CoachSkill, CoachStatus
from db.models.skills import SkillLevel
from db.queries import accounts, coach_profiles
from db.queries.viewers import Viewer

LOOKED_AT = ("name", "headline", "picture")  # what staff look at again when it changes


def save_goal(db: Session, form: GoalForm, *, by: Viewer) -> None:
    """What coaching should be for this coach."""
    coach = coach_profiles.held(db, by.id)
    _change(db, coach, {"goal": form.goal}, by=by)


def save_skills(db: Session, form: SkillsForm, *, by: Viewer) -> None:
    """Levels of the skills that are there, new ones behind them, and one less if so asked.

    Raises Refused when there would be too many.
    """
    coach = coach_profiles.held(db, by.id)
    # Those that are there are held as well: while rows are written anew, none may be merged.
    known = [skill.name for skill in coach_profiles.skills(db, coach.account_id)]
    named = find_or_create_skills(db, [*known, *form.skill_names])
    before = [(one.skill_id, one.level) for one in coach_profiles.taught(db, coach.account_id)]
    there = dict(before)
    after = {key: form.level.get(key, level) for key, level in there.items() if key != form.remove}
    after |= {skill.id: SkillLevel.ANY for skill in named if skill.id not in there}
    if len(after) > MOST_SKILLS:
        raise Refused("skills", f"That would be {len(after)} skills. {MOST_SKILLS} is the most.")
    if not after and coach.status in (CoachStatus.SUBMITTED, CoachStatus.APPROVED):
        raise Refused("skills", "Keep at least one skill. You can add another one first.")
    if list(after.items()) != before:
        _write_skills(db, coach, list(after.items()))
        index_coach(db, coach.account_id)
        _record(db, coach, ["skills"], by=by)


def save_headline(db: Session, form: HeadlineForm, *, by: Viewer) -> None:
    """How a coach introduces themselves."""
    coach = coach_profiles.held(db, by.id)
    _change(db, coach, {"headline": form.headline, "bio": form.bio}, by=by)


def save_details(db: Session, form: DetailsForm, *, by: Viewer) -> None:
    """Where a coach is, how old, and what an hour costs. Country and zone are the person's."""
    account = accounts.locked(db, by.id)
    coach = coach_profiles.held(db, by.id)
    place = {"country": form.country, "time_zone": form.time_zone}
    moved = [name for name, value in place.items() if getattr(account, name) != value]
    for name in moved:
        setattr(account, name, place[name])
    own = {
        "birth_date": form.birth_date, "phone": form.phone, "rate": form.rate * 100,
        "currency": form.currency,
    }  # fmt: skip
    _change(db, coach, own, by=by, also=moved)


def change_picture(db: Session, upload: Upload | None, *, remove: bool, by: Viewer) -> None:
    """Show another picture from now on, or with `remove` none; neither leaves it as it is."""
    if upload is None and not remove:
        return
    coach = coach_profiles.held(db, by.id)
    before, after = coach.picture_id, None
    if upload is not None:
        after = store_picture(db, coach.account_id, PictureKind.COACH, upload).id
    if before != after:
        _change(db, coach, {"picture_id": after}, by=by)
        drop_picture(db, before)


def mark_to_look_at(coach: CoachProfile, what: str) -> None:
    """Have staff look at what an approved coach has changed; it is shown meanwhile."""
    what = what.removesuffix("_id")
    if coach.is_approved and what in LOOKED_AT:
        coach.to_look_at = sorted({*(coach.to_look_at or ()), what})


def _change(
    db: Session,
    coach: CoachProfile,
    values: dict[str, Any],
    *,
    by: Viewer,
    also: Sequence[str] = (),
) -> None:
    changed = [name for name, value in values.items() if getattr(coach, name) != value]
    for name in changed:
        setattr(coach, name, values[name])
        mark_to_look_at(coach, name)
    if changed or also:
        index_coach(db, coach.account_id)
        _record(db, coach, [*also, *changed], by=by)


def _record(db: Session, coach: CoachProfile, changed: list[str], *, by: Viewer) -> None:
    """History says what changed, and not into what."""
    record(db, "coach_profile.updated", by=by, side=Side.COACH, subject=coach, changed=changed)


def _write_skills(
    db: Session, coach: CoachProfile, wanted: Sequence[tuple[int, SkillLevel]]
) -> None:
    for row in coach_profiles.taught(db, coach.account_id):
        db.delete(row)
    db.flush()
    for position, (skill_id, level) in enumerate(wanted):
        db.add(
            CoachSkill(
                account_id=coach.account_id, skill_id=skill_id, level=level, position=position
            )
        )
    db.flush()
