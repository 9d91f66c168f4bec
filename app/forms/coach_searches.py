"""What an address asks the list of coaches for."""

from urllib.parse import urlencode

import msgspec

COACHES = "/coaches"
LONGEST_WORDS = 100
LONGEST_TOPIC = 60


class CoachSearch(msgspec.Struct, frozen=True):
    """Words, and a topic."""

    words: str = ""
    topic: str = ""

    @property
    def address(self) -> str:
        """Where this search is found, for a link."""
        pairs = [("q", self.words)] * bool(self.words) + [("topic", self.topic)] * bool(self.topic)
        return f"{COACHES}?{urlencode(pairs)}" if pairs else COACHES

    @property
    def any_words(self) -> "CoachSearch":
        """The same without its words."""
        return CoachSearch("", self.topic)

    @property
    def any_topic(self) -> "CoachSearch":
        """The same without its topic."""
        return CoachSearch(self.words)


def read_coach_search(words: str, topic: str) -> CoachSearch:
    """The search an address asks for."""
    return CoachSearch(words[:LONGEST_WORDS], topic[:LONGEST_TOPIC])
