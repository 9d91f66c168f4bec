"""The page of a coach."""

from datetime import datetime, timedelta
from typing import Any

from flask import abort
from sqlalchemy.orm import joinedload, selectinload

from app.clock import now
from bench.peer.models import (
    CoachProfile,
    CoachSkill,
    Invitation,
    LearningRequest,
    Message,
    PortfolioItem,
    PortfolioSkill,
    Proposal,
    Review,
    Thread,
    app,
    db,
)
from bench.peer.signed_in import is_open, page, signed_in

ALL = (
    joinedload(CoachProfile.account),
    selectinload(CoachProfile.skills).joinedload(CoachSkill.skill),
    selectinload(CoachProfile.languages),
    selectinload(CoachProfile.items).selectinload(PortfolioItem.links),
    selectinload(CoachProfile.items)
    .selectinload(PortfolioItem.skills)
    .joinedload(PortfolioSkill.skill),
    selectinload(CoachProfile.experiences),
    selectinload(CoachProfile.educations),
)


@app.get("/coaches/<handle>")
def coach(handle: str) -> str:
    """What they say of themselves, what is counted of them, and what one could invite them to."""
    me, at = signed_in(), now()
    found = db.session.scalar(
        db.select(CoachProfile).options(*ALL).where(CoachProfile.handle == handle)
    )
    if found is None or found.status != "approved" or found.account.status == "suspended":
        abort(404)
    me.page = f"/students/{me.id}"
    address = f"https://skileez.example/coaches/{handle}"
    summary = f"{found.headline}. {found.bio}"[:150].rpartition(" ")[0] + "…"
    return page(
        "coach.html", me, coach_side=False, coach=found, address=address, summary=summary,
        data=data_of(found, address, summary), stars=stars_of(found, at),
        answers=answers_of(found, at), free=free_requests(me.id, found, at),
    )  # fmt: skip


def data_of(coach: CoachProfile, address: str, summary: str) -> dict[str, Any]:
    """For search engines."""
    price = {"@type": "UnitPriceSpecification", "price": f"{coach.rate / 100:.2f}",
             "priceCurrency": coach.currency, "unitCode": "HUR"}  # fmt: skip
    return {
        "@context": "https://schema.org", "@type": "ProfilePage", "headline": coach.headline,
        "url": address,
        "mainEntity": {
            "@type": "Person", "@id": f"{address}#coach", "name": coach.account.name,
            "url": address, "description": summary,
            "knowsLanguage": [one.language for one in coach.languages],
            "knowsAbout": [one.skill.name for one in coach.skills],
            "makesOffer": {"@type": "Offer", "priceSpecification": price},
        },
    }  # fmt: skip


def stars_of(coach: CoachProfile, at: datetime) -> tuple[dict[int, int], Any]:
    """How many gave how many stars, and the newest reviews."""
    opened = db.or_(Review.published_at.is_not(None), Review.opens_at <= at)
    about = (Review.about_id == coach.account_id, Review.side == "student", opened)
    given = db.session.execute(
        db.select(Review.stars, db.func.count()).where(*about).group_by(Review.stars)
    )
    newest = db.session.scalars(
        db.select(Review).where(*about).order_by(Review.opens_at.desc()).limit(5)
    )
    return dict(given.all()), newest.all()


def answers_of(coach: CoachProfile, at: datetime) -> list[Any]:
    """When students wrote first, and when the coach answered."""
    answered = (
        db.select(db.func.min(Message.created_at))
        .where(Message.thread_id == Thread.id, Message.sender_id == coach.account_id)
        .scalar_subquery()
    )
    begun = (Thread.coach_id == coach.account_id, Thread.student_wrote_at >= at - timedelta(90))
    asked = db.select(Thread.student_wrote_at, answered).where(*begun).limit(50)
    invited = db.select(Invitation).where(Invitation.coach_id == coach.account_id).limit(50)
    return [*db.session.execute(asked), *db.session.scalars(invited)]


def free_requests(student_id: int, coach: CoachProfile, at: datetime) -> list[Any]:
    """Open requests this coach has nothing to do with yet."""
    sent = db.exists().where(
        Proposal.request_id == LearningRequest.id, Proposal.coach_id == coach.account_id
    )
    own = (LearningRequest.student_id == student_id, is_open(LearningRequest, at))
    return list(db.session.scalars(db.select(LearningRequest).where(*own, ~sent)))
