"""The list of requests for a coach, the best matches first, and the bookmark beside each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import abort, render_template
from sqlalchemy.orm import joinedload, selectinload

from app.clock import now
from app.currencies import COMMON, currency_of
from app.matching import Scored, is_new, match_of, with_kept_places
from bench.peer.models import (
    Account,
    Bookmark,
    CoachProfile,
    CoachSkill,
    LearningRequest,
    Proposal,
    RelatedSkill,
    RequestSkill,
    Review,
    Skill,
    app,
    db,
)
from bench.peer.signed_in import is_open, page, signed_in
from db.models.skills import LanguageLevel, Level, SkillLevel
from db.queries.match_facts import Asked, Ground, Offered, Taught

CANDIDATES, SIZE, COUNTED = 60, 20, 500


@app.get("/requests")
def requests() -> str:
    """The first page, with what it can be narrowed to."""
    me, at = signed_in(), now()
    coach = coach_of(me)
    shown = best_requests(coach, at)
    ids = [wanted.id for wanted, _ in shown]
    proposals = dict(
        db.session.execute(
            db.select(Proposal.request_id, db.func.count())
            .where(Proposal.request_id.in_(ids), Proposal.status.in_(("submitted", "shortlisted")))
            .where(db.or_(Proposal.expires_at.is_(None), Proposal.expires_at > at))
            .group_by(Proposal.request_id)
        ).all()
    )
    marked = set(
        db.session.scalars(
            db.select(Bookmark.request_id).where(
                Bookmark.coach_id == me.id,
                Bookmark.request_id.in_(ids),
                Bookmark.removed_at.is_(None),
            )
        )
    )
    ratings = ratings_of([wanted.student_id for wanted, _ in shown], at)
    cards = [
        (one, match, proposals.get(one.id, 0), one.id in marked, ratings.get(one.student_id))
        for one, match in shown
    ]
    me.page = f"/coaches/{coach.handle}"
    currency = currency_of(me.country) or "USD"
    return page(
        "requests.html", me, coach_side=True, cards=cards, currency=currency,
        currencies=sorted({currency, *COMMON}), **narrower(me, at),
    )  # fmt: skip


def coach_of(me: Account) -> CoachProfile:
    """The coach who looks, with all a match is made of."""
    coach = db.session.get(
        CoachProfile, me.id,
        options=[
            selectinload(CoachProfile.skills).joinedload(CoachSkill.skill),
            selectinload(CoachProfile.languages),
        ],
    )  # fmt: skip
    if coach is None or coach.status != "approved":
        abort(404)
    return coach


def found(me_id: int, at: datetime) -> Any:
    """Open requests of others, of students who are active."""
    return (is_open(LearningRequest, at), LearningRequest.student_id != me_id,
            Account.status != "suspended")  # fmt: skip


def best_requests(coach: CoachProfile, at: datetime) -> list[tuple[LearningRequest, Any]]:
    """The best of the newest that ask for a skill of this coach."""
    skills = [one.skill_id for one in coach.skills]
    shares = db.exists().where(
        RequestSkill.request_id == LearningRequest.id, RequestSkill.skill_id.in_(skills)
    )
    candidates = db.session.scalars(
        db.select(LearningRequest)
        .join(LearningRequest.student)
        .where(*found(coach.account_id, at), shares)
        .order_by(LearningRequest.posting.desc())
        .limit(CANDIDATES)
        .options(
            joinedload(LearningRequest.student),
            selectinload(LearningRequest.skills).joinedload(RequestSkill.skill),
            selectinload(LearningRequest.spoken),
        )
    ).all()
    offered, ground = offer_of(coach), ground_of(skills)
    scored = []
    for wanted in candidates:
        match = match_of(asked_of(wanted), offered, ground, at=at)
        if match:
            scored.append(Scored(wanted.id, wanted.posting, match, is_new(offered)))
    by_id = {wanted.id: wanted for wanted in candidates}
    return [(by_id[one.id], one.match) for one in with_places(scored)[:SIZE]]


def with_places(scored: Sequence[Scored]) -> list[Scored]:
    """Coaches' lists keep no places: all belong to one coach."""
    return with_kept_places(Scored(one.id, one.place, one.match, is_new=False) for one in scored)


def asked_of(wanted: LearningRequest) -> Asked:
    return Asked(
        wanted.id,
        {one.skill_id: one.skill.name for one in wanted.skills},
        level=Level(wanted.level) if wanted.level else None,
        language=wanted.language,
        language_level=LanguageLevel(wanted.language_level) if wanted.language_level else None,
        budget_to=wanted.budget_to,
        currency=wanted.currency,
        times=wanted.times,
        zone=wanted.student.time_zone,
        speaks={one.language: LanguageLevel(one.level) for one in wanted.spoken},
    )


def offer_of(coach: CoachProfile) -> Offered:
    return Offered(
        coach.account_id,
        {one.skill_id: Taught(one.skill.name, SkillLevel(one.level)) for one in coach.skills},
        speaks={one.language: LanguageLevel(one.level) for one in coach.languages},
        rate=coach.rate,
        currency=coach.currency,
        zone=coach.account.time_zone,
        rating=coach.rating,
        reviews=coach.review_count,
    )


def ground_of(skills: Sequence[int]) -> Ground:
    related: dict[int, set[int]] = {}
    near = db.session.scalars(db.select(RelatedSkill).where(RelatedSkill.skill_id.in_(skills)))
    for one in near:
        related.setdefault(one.skill_id, set()).add(one.related_id)
        related.setdefault(one.related_id, set()).add(one.skill_id)
    rated = (CoachProfile.status == "approved", CoachProfile.rating.is_not(None))
    weighed = db.func.sum(CoachProfile.rating * CoachProfile.review_count)
    total, count = db.session.execute(
        db.select(weighed, db.func.sum(CoachProfile.review_count)).where(*rated)
    ).one()
    return Ground({key: frozenset(near) for key, near in related.items()},
                  total // count if count else None)  # fmt: skip


def ratings_of(students: Sequence[int], at: datetime) -> dict[int, str]:
    """What coaches gave them, from three reviews on."""
    opened = db.or_(Review.published_at.is_not(None), Review.opens_at <= at)
    given = db.session.execute(
        db.select(Review.about_id, db.func.avg(Review.stars))
        .where(Review.about_id.in_(students), Review.side == "coach", opened)
        .group_by(Review.about_id)
        .having(db.func.count() >= 3)
    )
    return {student: f"{stars:.1f} of 5" for student, stars in given}


def narrower(me: Account, at: datetime) -> dict[str, Any]:
    """How many there are of the newest, and how many each frequent skill and language leaves."""
    newest = (
        db.select(LearningRequest.id, LearningRequest.language)
        .join(LearningRequest.student)
        .where(*found(me.id, at))
        .order_by(LearningRequest.posting.desc())
        .limit(COUNTED + 1)
        .subquery()
    )
    number = db.func.count()
    skills = db.session.execute(
        db.select(Skill, number)
        .join(RequestSkill, RequestSkill.skill_id == Skill.id)
        .join(newest, newest.c.id == RequestSkill.request_id)
        .group_by(Skill.id).order_by(number.desc()).limit(12)
    ).all()  # fmt: skip
    languages = db.session.execute(
        db.select(newest.c.language, number)
        .where(newest.c.language.is_not(None))
        .group_by(newest.c.language).order_by(number.desc()).limit(8)
    ).all()  # fmt: skip
    hits = db.session.scalar(db.select(number).select_from(newest)) or 0
    return {"skills": sorted(skills, key=lambda one: one[0].folded), "languages": languages,
            "hits": min(hits, COUNTED), "more": "+" if hits > COUNTED else ""}  # fmt: skip


@app.post("/requests/<int:request_id>/bookmark", defaults={"is_marked": True})
@app.post("/requests/<int:request_id>/unbookmark", defaults={"is_marked": False})
def bookmark(request_id: int, is_marked: bool) -> str:
    """The button comes back pressed or not."""
    me, at = signed_in(), now()
    if db.session.get(CoachProfile, me.id) is None or me.email_confirmed_at is None:
        abort(403)
    wanted = db.session.scalar(
        db.select(LearningRequest).join(LearningRequest.student)
        .where(LearningRequest.id == request_id, *found(me.id, at))
    )  # fmt: skip
    if wanted is None:
        abort(404)
    mark = db.session.get(Bookmark, (me.id, wanted.id))
    if mark is None and is_marked:
        db.session.add(Bookmark(coach_id=me.id, request_id=wanted.id, created_at=at, note=""))
    elif mark is not None:
        mark.removed_at = None if is_marked else at
    db.session.commit()
    return render_template("bookmark.html", request=wanted, is_marked=is_marked)
