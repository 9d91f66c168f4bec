"""What Skileez keeps of what a student pays; the one place where the fee is worked out.

The product's rule for money: fees are basis points, half a minor unit goes up, the rest is net.
"""

FEE = 1000  # basis points: one tenth; what contracts begin with from now on


def fee_of(amount: int, rate: int = FEE) -> int:
    """The fee on an amount, both in minor units; `rate` is the contract's, in basis points."""
    return (amount * rate + 5000) // 10_000


def net_of(amount: int, rate: int = FEE) -> int:
    """What is left for the coach."""
    return amount - fee_of(amount, rate)
