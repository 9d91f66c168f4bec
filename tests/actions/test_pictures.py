import pytest
from sqlalchemy import select

from app.actions.pictures import drop_picture, store_picture
from app.errors import Refused
from app.pictures import NO_PICTURE, Upload
from db.models.pictures import Picture, PictureKind
from db.models.profiles import CoachProfile
from tests.factories import make_picture

SENT = Upload("me.jpg", b"a WebP")


def stored(db):
    return db.scalars(select(Picture)).all()


def test_each_of_carlas_pictures_has_an_address_nobody_can_guess(db, carla):
    one, other = (store_picture(db, carla.id, PictureKind.COACH, SENT) for _ in range(2))
    assert one.content == b"a WebP"
    assert len(one.token) == 43
    assert one.token != other.token
    assert one.id is not None


def test_what_is_no_picture_is_refused_beside_its_field(db, carla):
    with pytest.raises(Refused) as refused:
        wrong = Upload("cv.pdf", problem=NO_PICTURE)
        store_picture(db, carla.id, PictureKind.THUMBNAIL, wrong, field="thumbnail")
    assert (refused.value.field, refused.value.sentence) == ("thumbnail", NO_PICTURE)
    assert not stored(db)


def test_carla_takes_her_picture_off(db, carla):
    profile, kept = db.get_one(CoachProfile, carla.id), make_picture(db, carla)
    profile.picture_id = make_picture(db, carla).id
    db.flush()
    gone, profile.picture_id = profile.picture_id, None
    drop_picture(db, gone)
    assert stored(db) == [kept]
    drop_picture(db, None)
    assert stored(db) == [kept]
