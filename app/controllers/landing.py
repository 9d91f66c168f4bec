"""The first page."""

from litestar import Controller
from litestar.response import Response

from app.access.permissions import Permission
from app.access.scopes import listed_coaches
from app.forms.coach_searches import CoachSearch
from app.web.request import Request
from app.web.respond import Page, show
from app.web.routes import get
from db.queries import coach_cards

SHOW = Page("landing/show", same_for_guests=True)
TOPICS = 8
COACHES = 3


class Landing(Controller):
    """For guests first; members may read it too."""

    @get("/", allow=Permission.VIEW_PUBLIC_PAGE, name="landing.show")
    def show(self, request: Request) -> Response[str]:
        listed = listed_coaches()
        topics = [
            (topic.name, CoachSearch(topic=topic.name).address, topic.coaches)
            for topic in coach_cards.topics(request.db, listed, TOPICS)
        ]
        coaches = coach_cards.cards(request.db, listed, size=COACHES).items
        return show(request, SHOW, topics=topics, coaches=coaches)
