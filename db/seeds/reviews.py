"""What the people of the demo world say of each other once they have learned together."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from db.models.accounts import Side
from db.models.profiles import CoachProfile
from db.models.reviews import ONGOING_FROM, REVIEWED_WITHIN, SHOWN_FROM, Review
from db.models.session_states import SessionStatus
from db.seeds import content
from db.seeds.content import Said
from db.seeds.world import Pact, World

DAY = timedelta(days=1)
SILENT = {Side.STUDENT: 0.1, Side.COACH: 0.25}  # of those of whom nothing is written by hand


def write_reviews(world: World) -> None:
    """What was written of each contract, sealed while it would be; then what was answered."""
    says = content.agreements().says
    pools = {Side.STUDENT: iter(says.student), Side.COACH: iter(says.coach)}
    with world.apart("reviews"):
        for pact in world.pacts:
            done = [one for one in pact.sessions if one["status"] == SessionStatus.COMPLETED]
            if pact.row["ended_at"] and done:
                _write_both(world, pact, pools)
            elif len(done) >= ONGOING_FROM and pact.course.student:
                at = done[ONGOING_FROM - 1]["finished_at"] + DAY
                opens = at + REVIEWED_WITHIN
                said = pact.course.student
                _add(world, pact, Side.STUDENT, said, at, opens, opens, is_ongoing=True)


def rate_coaches(world: World) -> None:
    """The mean of what is open of each coach, kept with their profile."""
    given: dict[int, list[int]] = defaultdict(list)
    for row in world.rows.kept(Review):
        if row["side"] == Side.STUDENT and row["published_at"]:
            given[row["about_id"]].append(row["stars"])
    for row in world.rows.kept(CoachProfile):
        stars = given[row["account_id"]]
        row["review_count"] = len(stars)
        if len(stars) >= SHOWN_FROM:
            row["rating"] = (200 * sum(stars) + len(stars)) // (2 * len(stars))


def _write_both(world: World, pact: Pact, pools: dict[Side, Iterator[tuple[int, str]]]) -> None:
    ended = pact.row["ended_at"]
    opens = ended + REVIEWED_WITHIN
    wrote: dict[Side, tuple[Said, datetime]] = {}
    for side in Side:
        said, at = _said(world, pact, side, pools[side]), world.between(ended, ended + 9 * DAY)
        if said and at <= world.now:
            wrote[side] = (said, at)
    opened = max(at for _, at in wrote.values()) if len(wrote) == len(Side) else opens
    for side, (said, at) in wrote.items():
        _add(world, pact, side, said, at, opens, opened)


def _said(world: World, pact: Pact, side: Side, pool: Iterator[tuple[int, str]]) -> Said | None:
    course = pact.course
    if course.student or course.coach:
        return course.student if side is Side.STUDENT else course.coach
    if world.chance.random() < SILENT[side]:
        return None
    found = next(pool, None)
    return Said(*found) if found else None


def _add(
    world: World, pact: Pact, side: Side, said: Said, at: datetime, opens: datetime,
    opened: datetime, *, is_ongoing: bool = False,
) -> None:  # fmt: skip
    author = pact.one(side)
    about = pact.coach if side is Side.STUDENT else pact.student
    is_open = opened <= world.now
    replied = world.between(opened, opened + 6 * DAY)
    has_reply = bool(said.reply) and is_open and replied <= world.now
    number = world.rows.add(
        Review, contract_id=pact.row["id"], author_id=author.id, about_id=about.id, side=side,
        stars=said.stars, text=said.text, is_ongoing=is_ongoing, written_at=at, opens_at=opens,
        published_at=opened if is_open else None, reply=said.reply if has_reply else "",
        replied_at=replied if has_reply else None,
    )  # fmt: skip
    world.record("review.created", at, author, number, side)
    if is_open:
        world.record("review.published", opened, None, number)
    if has_reply:
        world.record("review.replied", replied, about, number, Side.COACH)
