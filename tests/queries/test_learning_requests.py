from datetime import timedelta

from app.access.scopes import open_requests
from app.clock import now
from db.models.learning_requests import RequestStatus
from db.models.proposals import ProposalStatus
from db.queries import learning_request_pages as pages
from db.queries import learning_requests
from tests.factories import make_answer, make_bookmark, make_proposal, make_request


def titles(db, person):
    cards = learning_requests.cards(db, person, open_requests(person), at=now(), after="")
    return [card.title for card in cards.items]


def test_carla_finds_only_what_is_open(db, sofia, sid, carla, dora, viewer):
    for status in RequestStatus:
        make_request(db, sofia, title=status, status=status)
    make_request(db, sofia, title="over", expires_at=now() - timedelta(seconds=1))
    make_request(db, sid, title="suspended")
    make_request(db, dora, title="Dora's")
    assert set(titles(db, viewer(carla))) == {"open", "Dora's"}
    assert titles(db, viewer(dora)) == ["open"], "nobody finds their own"


def test_a_card_tells_what_a_coach_may_know(db, sofia, carla, cole, viewer):
    wanted = make_request(
        db, sofia, description="x" * 900, skills=("Spanish", "Grammar", "Accents"), budget_to=2000
    )
    make_proposal(db, wanted, carla)
    make_proposal(db, wanted, cole, status=ProposalStatus.WITHDRAWN)
    make_bookmark(db, wanted, carla)
    scope = open_requests(viewer(carla))
    [card] = learning_requests.cards(db, viewer(carla), scope, at=now(), after="").items
    assert card.skills == ("Spanish", "Grammar", "Accents")
    assert (card.proposals, card.is_marked, card.country) == (1, True, "KE")
    assert len(card.excerpt) < 300
    assert not {"student_id", "first_name", "name", "email"} & set(card.__struct_fields__)
    [other] = learning_requests.cards(db, viewer(cole), scope, at=now(), after="").items
    assert not other.is_marked


def test_requests_come_newest_first_and_twenty_at_a_time(db, sofia, carla, viewer):
    at = now() - timedelta(days=1)
    for number in range(45):
        # Several at the same moment: the cursor has to tell them apart.
        make_request(db, sofia, title=f"{number}", posted_at=at + timedelta(minutes=number // 7))
    titles, after = [], ""
    for _ in range(3):
        scope = open_requests(viewer(carla))
        page = learning_requests.cards(db, viewer(carla), scope, at=now(), after=after)
        titles += [card.title for card in page.items]
        after = page.next or ""
    assert titles == [str(number) for number in reversed(range(45))] and not after


def test_a_page_tells_of_the_student_what_everybody_may_know(db, sofia, sam, carla, cole, viewer):
    wanted = make_request(db, sofia, questions=("Where?", "When?"))
    make_proposal(db, wanted, carla)
    for status, student in (("filled", sofia), ("filled", sofia), ("filled", sam)):
        other = make_request(db, student, status=RequestStatus(status))
        make_proposal(db, other, cole, status=ProposalStatus.ACCEPTED)
    page = pages.find(db, viewer(carla), wanted, at=now())
    assert (page.proposals, page.hires, page.country) == (1, 2, "KE")
    assert [question.text for question in page.questions] == ["Where?", "When?"]
    assert [code for code, _ in page.speaks] == ["en", "sw"]
    assert not {"first_name", "name", "email", "time_zone"} & set(page.__struct_fields__)
    later = pages.find(db, viewer(carla), wanted, at=wanted.expires_at)
    assert later.status is RequestStatus.EXPIRED


def test_questions_that_were_answered_are_known(db, sofia, carla):
    wanted = make_request(db, sofia, questions=("Where?", "When?"))
    assert pages.answered_questions(db, wanted.id) == set()
    first = pages.questions_of(db, wanted.id)[0]
    make_answer(db, make_proposal(db, wanted, carla, status=ProposalStatus.WITHDRAWN), first)
    assert pages.answered_questions(db, wanted.id) == {first.id}


def test_a_retired_question_is_asked_no_longer(db, sofia):
    wanted = make_request(db, sofia, questions=("Where?", "When?"))
    pages.questions_of(db, wanted.id)[0].retired_at = now()
    db.flush()
    assert [question.text for question in pages.questions(db, wanted.id)] == ["When?"]


def test_a_coach_is_offered_the_usual_price_in_the_same_currency(db, sofia, carla, viewer):
    same, other = make_request(db, sofia), make_request(db, sofia, currency="KES")
    assert pages.find(db, viewer(carla), same, at=now()).my_rate == 1800
    assert pages.find(db, viewer(carla), other, at=now()).my_rate is None
    assert pages.find(db, viewer(sofia), same, at=now()).my_rate is None
