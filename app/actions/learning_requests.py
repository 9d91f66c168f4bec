"""What a student does with the words of a learning request: write, post, change."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.actions.request_deadlines import OPEN_FOR, touch_request
from app.actions.search_entries import index_request
from app.actions.skills import find_or_create_skills
from app.clock import now
from app.errors import Refused, WrongState
from app.events import record
from app.forms.learning_requests import AMOUNTS, CHOICES, QUESTIONS, WORDS, DraftForm
from app.forms.request_changes import called
from app.notify import learning_requests as tell
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
from db.queries import request_deadlines
from db.queries.viewers import Viewer

MOST_QUESTIONS = len(QUESTIONS)  # at once
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


def update_request(
    db: Session, wanted: LearningRequest, form: DraftForm, *, by: Viewer, last: int = 0
) -> list[str]:
    """Change a draft or a request that runs, and post the draft if that was asked for.

    Coaches who wait for an answer are told which parts have changed; these are returned. Raises
    WrongState when it was changed since the form was opened, unless to `last`, which the same page
    has written.
    """
    if wanted.version not in (form.version, last):
        raise WrongState("This request was changed meanwhile.", to=f"/requests/{wanted.id}/edit")
    if form.action == "keep" and not wanted.is_draft:
        raise WrongState("This request is posted already.", to=f"/requests/{wanted.id}")
    before = _parts(db, wanted)
    _write(db, wanted, form)
    after = _parts(db, wanted)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        wanted.version += 1
        _tell(db, wanted, form, changed, by=by)
    if form.action == "publish" and wanted.is_draft:
        _post(db, wanted, by=by)
    index_request(db, wanted)
    return changed


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
    _write_questions(db, wanted, form)


def _write_skills(db: Session, wanted: LearningRequest, chosen: list[int]) -> None:
    kept = pages.skills_of(db, wanted.id)
    if [place.skill_id for place in kept] == chosen:
        return
    for place in kept:
        db.delete(place)
    db.flush()
    for position, skill_id in enumerate(chosen):
        db.add(RequestSkill(request_id=wanted.id, skill_id=skill_id, position=position))


def _write_questions(db: Session, wanted: LearningRequest, form: DraftForm) -> None:
    """What coaches have answered stays as it was asked, or is asked no longer; the rest is free.

    Once posted, no question is another under the same number: coaches may be answering it.
    """
    asked = pages.questions_of(db, wanted.id)
    answered = pages.answered_questions(db, wanted.id)
    fixed = [question for question in asked if question.id in answered]
    if not set(form.retire) <= {question.id for question in fixed}:
        raise Refused("retire", "Choose among the questions that stand here.")
    staying = [question for question in fixed if question.id not in form.retire]
    texts = [text for text in form.questions if text not in {one.text for one in staying}]
    if len(staying) + len(texts) > MOST_QUESTIONS:
        last = max(name for name in QUESTIONS if getattr(form, name))
        raise Refused(last, "Five can be asked at once. Leave or retire one.")
    for question in fixed:
        question.retired_at = now() if question.id in form.retire else None
    free = {question.text: question for question in asked if question.id not in answered}
    for text in free.keys() - set(texts):
        if wanted.is_draft:
            db.delete(free[text])
        else:  # a coach may have it open, and SQLite gives its number to the next question
            free[text].retired_at = now()
    db.flush()
    for position, text in enumerate(texts, start=len(staying)):
        if text in free:
            free[text].position = position
        else:
            db.add(ScreeningQuestion(request_id=wanted.id, position=position, text=text))
    for position, question in enumerate(staying):
        question.position = position
    db.flush()


def _parts(db: Session, wanted: LearningRequest) -> dict[str, object]:
    """All that a form writes, as it stands, to be compared."""
    return {
        **{name: getattr(wanted, name) for name in COPIED},
        "skills": pages.skill_names_of(db, wanted.id),
        "times": list(wanted.times),
        "questions": [question.text for question in pages.questions(db, wanted.id)],
    }


def _tell(
    db: Session, wanted: LearningRequest, form: DraftForm, changed: list[str], *, by: Viewer
) -> None:
    if form.action == "keep":
        return  # as it is typed: no deed of anybody's yet
    event = record(db, "request.updated", by=by, side=Side.STUDENT, subject=wanted, changed=changed)
    if not wanted.is_draft:
        touch_request(wanted)
        coaches = request_deadlines.proposers(db, wanted.id, now())
        tell.request_changed(db, wanted, coaches, event, called(changed))
