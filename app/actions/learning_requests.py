"""What a student does with the words of a learning request: write, post, change."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.actions.request_deadlines import OPEN_FOR
from app.actions.search_entries import index_request
from app.actions.skills import find_or_create_skills
from app.clock import now
from app.errors import Refused, WrongState
from app.events import record
from app.forms.learning_requests import AMOUNTS, CHOICES, WORDS, DraftForm
from db.models.accounts import Side
from db.models.learning_requests import (
    TIMES,
    LearningRequest,
    RequestSkill,
    RequestStatus,
    ScreeningQuestion,
)
from db.models.moves import move
from db.queries import learning_request_pages as pages
from db.queries.viewers import Viewer

COPIED = (*WORDS, *CHOICES, *AMOUNTS, "currency", "sessions")


def create_request(db: Session, form: DraftForm, *, by: Viewer) -> LearningRequest:
    """Keep what a student has written, and post it if that was asked for."""
    wanted = LearningRequest(student_id=by.id, created_at=now(), version=1)
    _write(db, wanted, form)
    record(
        db, "request.created", by=by, side=Side.STUDENT, subject=wanted, after=RequestStatus.DRAFT
    )
    if form.action == "publish":
        _post(db, wanted, by=by)
    index_request(db, wanted)
    return wanted


def update_request(db: Session, wanted: LearningRequest, form: DraftForm, *, by: Viewer) -> None:
    """Change a draft or an open request; a draft can be posted with it.

    Raises WrongState when it was changed since the form was opened.
    """
    if form.version != wanted.version:
        raise WrongState("This request was changed meanwhile.", to=f"/requests/{wanted.id}/edit")
    before = {name: getattr(wanted, name) for name in COPIED}
    _write(db, wanted, form)
    wanted.version += 1
    changed = [name for name in COPIED if getattr(wanted, name) != before[name]]
    record(db, "request.updated", by=by, side=Side.STUDENT, subject=wanted, changed=changed)
    if form.action == "publish" and wanted.is_draft:
        _post(db, wanted, by=by)
    index_request(db, wanted)


def delete_request(db: Session, wanted: LearningRequest, *, by: Viewer) -> None:
    """Throw a draft away, which nobody else has seen; history keeps that it was there."""
    if not wanted.is_draft:
        raise WrongState("Only a draft can be deleted.", to=f"/requests/{wanted.id}")
    record(
        db, "request.deleted", by=by, side=Side.STUDENT, subject=wanted, before=RequestStatus.DRAFT
    )
    # By statement: its skills and questions go with it in the database, without being loaded.
    db.execute(delete(LearningRequest).where(LearningRequest.id == wanted.id))


def _post(db: Session, wanted: LearningRequest, *, by: Viewer) -> None:
    move(wanted, RequestStatus.OPEN)
    wanted.posted_at = now()
    wanted.expires_at = wanted.posted_at + OPEN_FOR
    record(
        db,
        "request.posted",
        by=by,
        side=Side.STUDENT,
        subject=wanted,
        before=RequestStatus.DRAFT,
        after=RequestStatus.OPEN,
    )


def _write(db: Session, wanted: LearningRequest, form: DraftForm) -> None:
    for name in COPIED:
        setattr(wanted, name, getattr(form, name))
    wanted.times = [time for time in TIMES if time in form.times]
    chosen = find_or_create_skills(db, form.skill_names)
    wanted.updated_at = now()
    db.add(wanted)
    db.flush()
    _write_skills(db, wanted, [skill.id for skill in chosen])
    _write_questions(db, wanted, form.questions)


def _write_skills(db: Session, wanted: LearningRequest, chosen: list[int]) -> None:
    kept = pages.skills_of(db, wanted.id)
    if [place.skill_id for place in kept] == chosen:
        return
    for place in kept:
        db.delete(place)
    db.flush()
    for position, skill_id in enumerate(chosen):
        db.add(RequestSkill(request_id=wanted.id, skill_id=skill_id, position=position))


def _write_questions(db: Session, wanted: LearningRequest, texts: list[str]) -> None:
    kept = pages.questions_of(db, wanted.id)
    if [question.text for question in kept] == texts:
        return
    if pages.questions_are_fixed(db, wanted.id):
        if texts:  # the form leaves them out once they are fixed
            raise Refused("question_1", "A coach has answered these, so they can no longer change.")
        return
    for question in kept:
        db.delete(question)
    db.flush()
    for position, text in enumerate(texts):
        db.add(ScreeningQuestion(request_id=wanted.id, position=position, text=text))
