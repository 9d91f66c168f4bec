"""Who moves the money: an interface, and what is behind it today, which moves none.

Decision 0036 says what a provider that moves money has to bring along.
"""

from typing import Protocol

from db.models.payments import Payment


class PaymentProvider(Protocol):
    """Asked within the transaction that posts: it writes down what to do, and a job does it.

    So a provider that cannot be reached slows no page, and nothing is asked for that was not kept.
    """

    name: str  # stands in every payment it was asked about

    def ask_for(self, payment: Payment) -> None:
        """Something was posted, and this is to be settled for it."""

    def call_off(self, payment: Payment) -> None:
        """What was posted has been reversed before it was settled."""


class Manual:
    """The two settle outside Skileez, and each says here when it is done."""

    name = "manual"

    def ask_for(self, payment: Payment) -> None:
        """Nothing to do: the contract's page tells the two what is due."""

    def call_off(self, payment: Payment) -> None:
        """Nothing to do: the contract's page tells them that it is not."""


PROVIDER: PaymentProvider = Manual()
