"""What the coaches of the demo world have marked for later."""

from datetime import timedelta

from db.models.bookmarks import Bookmark
from db.models.learning_requests import RequestStatus
from db.seeds.matches import fit
from db.seeds.world import World

MOST = 6


def mark_bookmarks(world: World) -> None:
    """Some requests for each coach, mostly fitting ones, never their own."""
    seen = [
        wanted
        for wanted in world.requests
        if wanted.posted and wanted.status != RequestStatus.REMOVED
    ]
    cast = set(world.cast.values())
    for coach in world.coaches:
        others = [wanted for wanted in seen if wanted.student is not coach]
        count = MOST if coach in cast else world.chance.randint(0, MOST)
        best = sorted(others, key=lambda wanted: (-fit(wanted, coach), wanted.id))[: 2 * MOST]
        for wanted in world.chance.sample(best, count):
            after = max(wanted.since, coach.teaches_since) + timedelta(minutes=5)
            at = world.between(after, min(world.now, wanted.ended or world.now))
            world.rows.add(Bookmark, coach_id=coach.id, request_id=wanted.id, created_at=at)
