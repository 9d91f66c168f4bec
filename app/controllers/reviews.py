"""Reviews: the two of a contract say how it went, and a coach replies."""

from functools import partial
from typing import Any

from litestar import Controller
from litestar.params import FromPath
from litestar.response import Response

from app.access.enforce import may
from app.access.permissions import Permission
from app.actions.reviews import create_review, refuse_a_second, reply_to, why_not
from app.clock import now
from app.forms.form import Bound, blank
from app.forms.reviews import ReplyForm, ReviewForm
from app.web.request import Request
from app.web.respond import Page, go, show
from app.web.routes import get, post
from db.models.contracts import Contract
from db.models.reviews import Review
from db.queries import ratings, reviews
from db.queries.paging import Found
from db.queries.ratings import Average, ReviewOfStudent

NEW = Page("reviews/new", part="reviews/form")
REPLY = Page("reviews/reply", part="reviews/reply_form")
SEALED = "We have your review. It stays sealed for now."
PUBLISHED = "Your review is published."


class Reviewing(Controller):
    """Of a contract, by either of the two."""

    path = "/contracts/{contract_id:str}/review"

    @get("/", allow=Permission.WRITE_REVIEW, name="reviews.new")
    def new(self, request: Request, contract_id: FromPath[str]) -> Response[str]:
        contract = request.allowed(Contract, contract_id)
        return new_page(request, contract, blank(ReviewForm))

    @post("/", allow=Permission.WRITE_REVIEW, name="reviews.create")
    def create(self, request: Request, contract_id: FromPath[str]) -> Response[str]:
        contract = request.allowed(Contract, contract_id)
        refuse_a_second(request.db, contract, by=request.viewer)
        form = request.filled(ReviewForm, again=partial(new_page, request, contract))
        review = create_review(request.db, contract, form, by=request.viewer)
        say = PUBLISHED if review.published_at else SEALED
        return go(request, f"/contracts/{contract.id}", say=say)


class Replies(Controller):
    """To what a student has written about a coach."""

    path = "/reviews/{review_id:str}/reply"

    @get("/", allow=Permission.REPLY_TO_REVIEW, name="reviews.new_reply")
    def new_reply(self, request: Request, review_id: FromPath[str]) -> Response[str]:
        return reply_page(request, request.allowed(Review, review_id), blank(ReplyForm))

    @post("/", allow=Permission.REPLY_TO_REVIEW, name="reviews.reply")
    def reply(self, request: Request, review_id: FromPath[str]) -> Response[str]:
        review = request.allowed(Review, review_id)
        form = request.filled(ReplyForm, again=partial(reply_page, request, review))
        reply_to(request.db, review, form, by=request.viewer)
        say = "Your reply is published."
        return go(request, f"/contracts/{review.contract_id}", say=say)


def new_page(request: Request, contract: Contract, form: Bound[ReviewForm]) -> Response[str]:
    """The form, or why there is none; what the other has written is not asked for its sake."""
    stands = reviews.of_contract(request.db, contract.id, request.viewer.id, now())
    other = contract.coach if stands.side == "student" else contract.student
    return show(
        request, NEW, contract=contract, other=other, reviews=stands, why_not=why_not(stands),
        form=form,
    )  # fmt: skip


def reply_page(request: Request, review: Review, form: Bound[ReplyForm]) -> Response[str]:
    """The review, and below it what one answers."""
    return show(request, REPLY, review=review, form=form)


def about_student(request: Request, student_id: int) -> dict[str, Any]:
    """On a student's page: the words for the student alone, the average for coaches, too."""
    db, at, is_mine = request.db, now(), student_id == request.viewer.id
    found = Found[ReviewOfStudent]([], None)
    if is_mine:
        found = ratings.of_student(db, student_id, at, after=request.query("after"))
    mean = ratings.student_average(db, student_id, at) if is_mine else None
    return {"found": found, "rating": mean or rating_for(request, student_id)}


def rating_for(request: Request, student_id: int) -> Average | None:
    """What coaches gave a student, for a coach who sees them somewhere; None for anybody else."""
    if student_id == request.viewer.id or not may(request.viewer, Permission.VIEW_RATING):
        return None
    return ratings.student_average(request.db, student_id, now())
