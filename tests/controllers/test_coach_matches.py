"""Coaches for several open requests: the same that the search shows first for each of them."""

from tests.factories import make_coach, make_coach_skill, make_request
from tests.statements import statements


def test_sofia_sees_the_first_five_of_each_search(browser, db, sofia):
    for skill in ("Spanish", "Piano"):
        for number in range(7):
            make_coach_skill(db, make_coach(db, rate=1500 + 300 * number), skill)
    wanted = [make_request(db, sofia, skills=(skill,)) for skill in ("Spanish", "Piano")]
    hers = browser.as_(sofia)
    lists = hers.get("/dashboard").all("[aria-labelledby=coaches] ul.rows")
    assert len(lists) == 2
    for one, shown in zip(reversed(wanted), lists, strict=True):
        found = hers.get(f"/coaches?sort=match&request={one.id}").all("#results li h2 a")
        shown_first = [link["href"] for link in shown.select("h3 a")]
        assert shown_first == [link["href"].split("?")[0] for link in found[:5]]


def test_sofias_home_asks_no_more_for_many_requests(browser, db, database, sofia, carla):
    numbers = []
    hers = browser.as_(sofia)
    for _ in range(2):
        for _ in range(4):
            make_request(db, sofia)
        hers.get("/dashboard")
        with statements(database) as sent:
            hers.get("/dashboard")
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]
