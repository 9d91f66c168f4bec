"""What search engines, and previews of a link that is shared, are told of a coach's page."""

import re
from typing import Any

from db.queries.coach_pages import CoachPage
from db.queries.ratings import Rating

LONGEST_SUMMARY = 160
SPACES = re.compile(r"\s+")


def coach_address(public_url: str, handle: str) -> str:
    """Where anybody finds a coach."""
    return f"{public_url}/coaches/{handle}"


def picture_address(public_url: str, token: str) -> str:
    """Where anybody finds a picture."""
    return f"{public_url}/pictures/{token}"


def title_of(coach: CoachPage) -> str:
    """A name and what the coach says of themselves."""
    return f"{coach.name}, {coach.headline or 'coach'}"


def summary_of(coach: CoachPage) -> str:
    """A coach in at most 160 characters, cut between words."""
    headline, bio = one_line(coach.headline), one_line(coach.bio)
    end = "" if headline.endswith((".", "!", "?", "…")) or not bio else "."
    return (
        cut(f"{headline}{end} {bio}".strip() if headline else bio)
        or f"{coach.name} teaches one to one on Skileez."
    )


def one_line(text: str) -> str:
    """The text without its line breaks."""
    return SPACES.sub(" ", text).strip()


def cut(text: str, most: int = LONGEST_SUMMARY) -> str:
    """The text if it is short enough, else as many whole words as fit, and an ellipsis."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    whole, space, _ = start.rpartition(" ")
    # The next letter may begin a word; one that is as long as all this is cut in the middle.
    kept = start if not text[most - 1].isalnum() or not space else whole
    return kept.rstrip(" ,.;:–-") + "…"


def coach_data(coach: CoachPage, public_url: str, rating: Rating) -> dict[str, Any]:
    """The facts of the page in the words of schema.org."""
    address = coach_address(public_url, coach.handle)
    person: dict[str, Any] = {
        "@type": "Person",
        "@id": f"{address}#coach",
        "name": coach.name,
        "url": address,
        "description": summary_of(coach),
    }
    if coach.picture:
        person["image"] = picture_address(public_url, coach.picture)
    if coach.languages:
        person["knowsLanguage"] = [code for code, _ in coach.languages]
    if coach.skills:
        person["knowsAbout"] = [name for name, _ in coach.skills]
    if offer := _offer(coach, rating):
        person["makesOffer"] = {"@type": "Offer"} | offer
    page = {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": address,
        "mainEntity": person,
    }
    return page | ({"headline": coach.headline} if coach.headline else {})


def _offer(coach: CoachPage, rating: Rating) -> dict[str, Any]:
    """What an hour costs, and how it was rated; a person has no rating of their own there."""
    offer: dict[str, Any] = {}
    if coach.rate:
        offer["priceSpecification"] = {
            "@type": "UnitPriceSpecification",
            "price": f"{coach.rate // 100}.{coach.rate % 100:02}",
            "priceCurrency": coach.currency,
            "unitCode": "HUR",  # an hour, as UN/CEFACT spells it
        }
    if rating.average:
        tenths = (rating.average + 5) // 10  # as the page says it
        offer["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": f"{tenths // 10}.{tenths % 10}",
            "bestRating": 5,
            "worstRating": 1,
            "reviewCount": rating.count,
        }
    return offer
