"""How a delivery can fail, each with a sentence for staff: it never holds a secret."""


class NotDelivered(Exception):
    """A mail did not arrive, or perhaps not; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotNow(NotDelivered):
    """It surely did not arrive, and may at another try."""


class Never(NotDelivered):
    """It surely did not arrive, and no other try will help."""


class Unknown(NotDelivered):
    """It may have arrived, so that nothing but a person may try it again."""
