"""Pictures as they are served: to whom, and how long a browser keeps them."""

import re

import pytest

from db.models.accounts import AccountStatus, DataSaver
from db.models.pictures import PictureKind
from db.models.profiles import CoachProfile, CoachStatus, StudentProfile
from db.models.proposals import ProposalStatus
from tests.drawings import seen
from tests.factories import WEBP, make_picture, make_portfolio_item, make_proposal, make_request

REQUEST_ID = re.compile(r"\b[0-9a-f]{12}\b")


@pytest.fixture
def carlas(db, carla):
    """The address of Carla's picture, which stands on her page."""
    picture = make_picture(db, carla)
    db.get_one(CoachProfile, carla.id).picture_id = picture.id
    return f"/pictures/{picture.token}"


@pytest.fixture
def sofias(db, sofia):
    picture = make_picture(db, sofia, PictureKind.STUDENT)
    db.get_one(StudentProfile, sofia.id).picture_id = picture.id
    return f"/pictures/{picture.token}"


def test_anybody_sees_carlas_picture_and_keeps_it(browser, carlas, sam):
    for asking in (browser, browser.as_(sam)):
        answer = asking.get(carlas)
        assert answer.is_good
        assert answer.response.content == WEBP
        assert seen(WEBP).size == (2, 2)
        assert answer.headers["content-type"] == "image/webp"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
    head = browser.send("HEAD", carlas)
    assert head.status == 200
    assert head.headers["content-length"] == str(len(WEBP))
    assert not head.response.content


def test_before_carla_is_approved_she_and_staff_see_it_and_nobody_keeps_it(
    browser, db, carlas, carla, cole, sofia, mina
):
    db.get_one(CoachProfile, carla.id).status = CoachStatus.SUBMITTED
    for asking in (browser, browser.as_(cole), browser.as_(sofia)):
        assert asking.get(carlas).is_not_found
    for person in (carla, mina):
        answer = browser.as_(person).get(carlas)
        assert answer.is_good
        assert answer.headers["cache-control"] == "private, no-cache"


def test_when_carla_is_suspended_only_staff_see_it(browser, db, carlas, carla, mina):
    carla.status = AccountStatus.SUSPENDED
    assert browser.get(carlas).is_not_found
    assert browser.as_(carla).get(carlas).is_not_found
    assert browser.as_(mina).get(carlas).is_good


def test_sofias_picture_is_for_her_and_the_coach_she_accepted(
    browser, db, sofias, sofia, sam, carla, cole, mina
):
    wanted = make_request(db, sofia)
    proposal = make_proposal(db, wanted, carla)
    make_proposal(db, wanted, cole)
    assert browser.as_(sofia).get(sofias).is_good
    everybody = (sam, carla, cole, mina)
    assert all(browser.as_(person).get(sofias).is_not_found for person in everybody)
    assert browser.get(sofias).is_not_found
    proposal.status = ProposalStatus.ACCEPTED
    answer = browser.as_(carla).get(sofias)
    assert answer.is_good
    assert answer.headers["cache-control"] == "private, no-cache"
    assert all(browser.as_(person).get(sofias).is_not_found for person in (sam, cole, mina))


def test_a_thumbnail_is_public_as_long_as_it_stands_in_the_portfolio(browser, db, carla):
    thumbnail = make_picture(db, carla, PictureKind.THUMBNAIL)
    item = make_portfolio_item(db, carla, thumbnail_id=thumbnail.id)
    address = f"/pictures/{thumbnail.token}"
    assert browser.get(address).is_good
    item.thumbnail_id = None
    assert browser.get(address).is_not_found
    assert browser.as_(carla).get(address).is_good


def test_a_browser_that_has_it_gets_nothing_again(browser, sofias, sofia):
    hers = browser.as_(sofia)
    tag = hers.get(sofias).headers["etag"]
    for known in (tag, f'"other", W/{tag}'):
        answer = hers.get(sofias, headers={"If-None-Match": known})
        assert answer.status == 304
        assert not answer.response.content
        assert answer.headers["etag"] == tag
        assert answer.headers["cache-control"] == "private, no-cache"
    assert hers.get(sofias, headers={"If-None-Match": '"other"'}).is_good
    # Knowing the tag opens nothing.
    assert browser.get(sofias, headers={"If-None-Match": tag}).is_not_found


def test_what_sam_may_not_see_is_what_does_not_exist(browser, db, sofias, sofia, sam):
    lost = make_picture(db, sofia)
    other = browser.as_(sam)
    missing = {
        REQUEST_ID.sub("", other.get(f"/pictures/{token}").text)
        for token in ("x" * 43, "x", "%00", "a b", lost.token, sofias.rsplit("/", 1)[1])
    }
    assert len(missing) == 1


def test_carlas_picture_stands_on_her_page_and_her_initials_where_data_is_saved(
    browser, db, carlas, sofia
):
    hers = browser.as_(sofia)
    [picture] = hers.get("/coaches/carla-ruiz").all("header img.av")
    assert picture["src"] == carlas
    assert (picture["width"], picture["height"], picture["alt"]) == ("88", "88", "")
    assert picture["loading"] == "lazy"
    sofia.data_saver = DataSaver.ON
    light = hers.get("/coaches/carla-ruiz")
    assert carlas not in "".join(str(img) for img in light.all("img"))
    assert light.has("header span.av-xl")
