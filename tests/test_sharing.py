"""What strangers are told of a coach: cut between words, and nothing that is not stored."""

import pytest

from app.sharing import coach_data, cut, one_line, summary_of, title_of
from db.models.accounts import Side
from db.models.profiles import CoachProfile
from db.queries import coach_pages
from db.queries.ratings import Rating
from tests.factories import make_coach, make_coach_skill, make_language, make_picture

HOME = "https://skileez.test"
NONE = Rating(tuple((stars, 0) for stars in (5, 4, 3, 2, 1)))


@pytest.mark.parametrize(("text", "most", "kept"), [
    ("short", 10, "short"),
    ("ten letter", 10, "ten letter"),
    ("two words more", 10, "two words…"),
    ("one, two, three", 9, "one, two…"),
    ("one, two", 6, "one…"),
    ("unbreakable", 6, "unbre…"),
    ("a bcdefghij", 6, "a…"),
    ("", 6, ""),
])  # fmt: skip
def test_text_is_cut_between_words(text, most, kept):
    assert cut(text, most) == kept
    assert len(kept) <= most


def test_a_summary_is_one_line_of_at_most_160_characters(db, carla):
    profile = db.get(CoachProfile, carla.id)
    profile.bio = "First line.\n\n  Second\tline, and " + "many more words " * 50
    summary = summary_of(coach_pages.coach(db, carla.id))
    assert summary.startswith("Patient lessons for busy people. First line. Second line, and many")
    assert summary.endswith(("words…", "more…", "many…"))
    assert 140 <= len(summary) <= 160 and one_line(summary) == summary


def test_who_has_written_nothing_is_named(db):
    coach = make_coach(db, headline="", bio="", rate=None)
    page = coach_pages.coach(db, coach.id)
    assert title_of(page) == f"{coach.name}, coach"
    assert summary_of(page) == f"{coach.name} teaches one to one on Skileez."
    data = coach_data(page, HOME, NONE)
    assert set(data) == {"@context", "@type", "url", "mainEntity"}
    assert set(data["mainEntity"]) == {"@type", "@id", "name", "url", "description"}


def test_the_data_are_what_is_stored(db, carla):
    make_coach_skill(db, carla, "Grammar", position=1)
    make_language(db, carla, "pt", Side.COACH)
    picture = make_picture(db, carla)
    profile = db.get(CoachProfile, carla.id)
    profile.picture_id, profile.rate, profile.currency = picture.id, 1805, "EUR"
    db.flush()
    assert coach_data(coach_pages.coach(db, carla.id), HOME, NONE) == {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": f"{HOME}/coaches/carla-ruiz",
        "headline": "Patient lessons for busy people",
        "mainEntity": {
            "@type": "Person",
            "@id": f"{HOME}/coaches/carla-ruiz#coach",
            "name": "Carla Ruiz",
            "url": f"{HOME}/coaches/carla-ruiz",
            "description": "Patient lessons for busy people. I have taught for ten years, and I"
            " still look forward to it.",
            "image": f"{HOME}/pictures/{picture.token}",
            "knowsLanguage": ["es", "en", "pt"],
            "knowsAbout": ["Spanish", "Grammar"],
            "makesOffer": {
                "@type": "Offer",
                "priceSpecification": {
                    "@type": "UnitPriceSpecification", "price": "18.05", "priceCurrency": "EUR",
                    "unitCode": "HUR",
                },
            },
        },
    }  # fmt: skip


def said(page, name):
    key = "property" if name.startswith("og:") else "name"
    return page.one(f"meta[{key}='{name}']")["content"]


def test_the_other_public_pages_say_where_they_are(browser, carla):
    for path, home, title in (
        ("/", "/", "Learn any skill, one to one on Skileez"),
        ("/coaches", "/coaches", "Find a coach on Skileez"),
        ("/coaches?q=carla", "/coaches", "Find a coach on Skileez"),
        ("/coaches?topic=Languages", "/coaches?topic=Languages", "Find a coach on Skileez"),
        ("/coaches?topic=Buy+pills", "/coaches", "Find a coach on Skileez"),
    ):
        page = browser.get(path)
        assert page.one("link[rel=canonical]")["href"] == said(page, "og:url") == HOME + home
        assert said(page, "og:title") == title and said(page, "og:type") == "website"
        assert said(page, "og:description") == said(page, "description")


def test_a_rating_is_told_from_three_reviews_on_and_as_the_page_says_it(db, carla):
    page = coach_pages.coach(db, carla.id)
    two, three = Rating(((5, 1), (4, 1))), Rating(((5, 1), (4, 1), (3, 0), (2, 1)))
    assert "aggregateRating" not in str(coach_data(page, HOME, two))
    assert coach_data(page, HOME, three)["mainEntity"]["makesOffer"]["aggregateRating"] == {
        "@type": "AggregateRating", "ratingValue": "3.7", "bestRating": 5, "worstRating": 1,
        "reviewCount": 3,
    }  # fmt: skip
