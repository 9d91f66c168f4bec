"""Two at once at the same list, with real commits: the order holds, and who is late is told."""

import threading

from tests.browser import Browser
from tests.factories import make_experience

LIST = "/profile/experience"


def at_once(client, db, person, *sendings):
    """The answers to these forms of one person, sent at the same moment."""
    asking = Browser(client, db, db.commit).as_(person)
    db.commit()
    asking.settle = lambda: None  # the threads do not share the session of the test
    start, answers = threading.Barrier(len(sendings)), [None] * len(sendings)

    def send(number, path, fields):
        start.wait()
        answers[number] = asking.post(path, fields)

    threads = [
        threading.Thread(target=send, args=(number, *sending))
        for number, sending in enumerate(sendings)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.expire_all()
    return answers


def listed(db, entries):
    return sorted(entries, key=lambda one: (one.position, one.id))


def test_two_moves_at_once_keep_every_entry_in_one_place(real_database, client, db, carla):
    entries = [make_experience(db, carla, position=place) for place in range(4)]
    ids = [one.id for one in entries]
    for _ in range(5):
        answers = at_once(
            client, db, carla,
            (f"{LIST}/{ids[0]}/down", {}), (f"{LIST}/{ids[1]}/down", {}),
            (f"{LIST}/{ids[2]}/up", {}), (f"{LIST}/{ids[3]}/up", {}),
        )  # fmt: skip
        assert [answer.status for answer in answers] == [303] * 4
        assert sorted(one.position for one in entries) == [0, 1, 2, 3]
        db.commit()


def test_an_entry_that_is_removed_while_it_is_changed_stays_removed(
    real_database, client, db, carla
):
    entry = make_experience(db, carla)
    page = Browser(client, db, db.commit).as_(carla).get(f"{LIST}/{entry.id}")
    version = page.form(f"{LIST}/{entry.id}").value("version")
    change = {"title": "Head", "started": "2015-03", "current": "yes", "version": version}
    changed, removed = at_once(
        client, db, carla, (f"{LIST}/{entry.id}", change), (f"{LIST}/{entry.id}/remove", {})
    )
    assert removed.status == 303 and changed.status in (303, 409)
    assert entry.removed_at is not None
    assert entry.title == ("Head" if changed.status == 303 else "Spanish teacher")


def test_two_forms_at_once_make_two_entries_in_two_places(real_database, client, db, carla):
    fields = [
        {"title": title, "started": "2020-01", "current": "yes", "form_key": title}
        for title in "AB"
    ]
    answers = at_once(client, db, carla, *((LIST, one) for one in (*fields, *fields)))
    assert [answer.status for answer in answers] == [303] * 4
    page = Browser(client, db, db.commit).as_(carla).get(LIST)
    assert sorted(page.texts("#experience-list h3")) == ["A", "B"]
