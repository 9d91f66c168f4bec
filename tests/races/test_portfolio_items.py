"""Two at once at the same portfolio, with real commits: twelve are all, whoever is quicker."""

from db.queries import portfolio_items
from tests.controllers.test_list_items import at_once
from tests.factories import make_portfolio_item

LIST = "/profile/portfolio"
NEW = {
    "category": "tutorial",
    "title": "Small talk at the market",
    "description": "Ten minutes that show how we would begin, with subtitles.",
    "link_1": "https://youtu.be/1",
    "skills": "Spanish",
}


def test_two_at_once_at_eleven_make_twelve(real_database, client, db, carla):
    for place in range(11):
        make_portfolio_item(db, carla, position=place)
    sendings = [(LIST, NEW | {"form_key": key}) for key in ("one", "two", "three")]
    answers = at_once(client, db, carla, *sendings)
    assert sorted(answer.status for answer in answers) == [303, 422, 422]
    refused = [answer for answer in answers if answer.is_redisplay]
    assert all(answer.says("12 fit here.") for answer in refused)
    assert len(portfolio_items.cards(db, carla.id)) == 12


def test_two_changes_at_once_leave_the_links_of_one(real_database, client, db, carla):
    item = make_portfolio_item(db, carla)
    asking = [
        NEW | {"link_1": f"https://{name}.example/", "link_2": f"https://{name}.example/2"}
        for name in ("first", "second")
    ]
    here = f"{LIST}/{item.id}"
    answers = at_once(client, db, carla, *((here, fields) for fields in asking))
    assert [answer.status for answer in answers].count(500) == 0
    assert all(answer.status in (303, 409) for answer in answers)
    assert (
        len({address.split("/")[2] for address, _ in portfolio_items.one(db, item.id).links}) == 1
    )
