import threading

from sqlalchemy import select

from db.models.events import Event
from db.models.invitations import Invitation
from db.models.profiles import CoachProfile
from db.models.threads import Thread
from tests.factories import make_account, make_coach, make_invitation, make_request

INVITE = "/coaches/carla-ruiz/invite"


def sent(db) -> list[Invitation]:
    db.expire_all()
    return list(db.scalars(select(Invitation).order_by(Invitation.id)))


def at_once(people, send) -> list[int]:
    for one in people:
        one.settle()
        one.settle = lambda: None
    start, statuses = threading.Barrier(len(people)), []

    def go(number, one) -> None:
        start.wait()
        statuses.append(send(number, one).status)

    tries = [threading.Thread(target=go, args=pair) for pair in enumerate(people)]
    for each in tries:
        each.start()
    for each in tries:
        each.join()
    return sorted(statuses)


def test_invited_twice_at_once_is_invited_once(real_database, app, db, browser, sofia, carla):
    wanted = make_request(db, sofia)
    tabs = [browser.as_(sofia) for _ in range(2)]
    typed = {"request": str(wanted.id)}
    assert at_once(tabs, lambda _, tab: tab.post(INVITE, typed)) == [303, 409]
    assert len(sent(db)) == 1 and len(db.scalars(select(Thread)).all()) == 1


def test_the_tenth_and_the_eleventh_at_once_are_ten(real_database, app, db, browser, sofia):
    wanted = make_request(db, sofia)
    coaches = [make_coach(db, make_account(db, first_name=f"Coach{n}")) for n in range(11)]
    for coach in coaches[:9]:
        make_invitation(db, wanted, coach)
    names = [db.get_one(CoachProfile, coach.id).handle for coach in coaches[9:]]
    tabs = [browser.as_(sofia) for _ in range(2)]
    typed = {"request": str(wanted.id)}
    statuses = at_once(tabs, lambda n, tab: tab.post(f"/coaches/{names[n]}/invite", typed))
    assert statuses == [303, 422] and len(sent(db)) == 10


def test_declined_and_withdrawn_at_once_one_is_told(real_database, app, db, browser, sofia, carla):
    invitation = make_invitation(db, make_request(db, sofia), carla)
    verbs = ("withdraw", "decline")
    people = [browser.as_(sofia), browser.as_(carla)]
    here = f"/invitations/{invitation.id}"
    assert at_once(people, lambda n, one: one.post(f"{here}/{verbs[n]}")) == [303, 409]
    names = [event.name for event in db.scalars(select(Event)) if event.subject == "invitation"]
    assert names == [f"invitation.{sent(db)[0].status}"]
