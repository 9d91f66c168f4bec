"""What was measured, beside what was promised, as lines and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Result:
    """One figure and its limit; `cost` and `rates` say the rest of a comparison."""

    name: str
    where: str
    figure: float
    limit: float
    is_least: bool = False
    unit: str = ""
    cost: tuple[float, float] | None = None
    rates: tuple[float, float] | None = None
    faults: list[str] = field(default_factory=list)

    @classmethod
    def beside(
        cls,
        name: str,
        where: str,
        ours: Sequence[float],
        peers: Sequence[float],
        rates: tuple[float, float],
        least: float,
        faults: list[str],
    ) -> "Result":
        """How many times as much of the processor's time the same takes in Flask."""
        cost = (median(ours), median(peers))
        return cls(
            name, where, cost[1] / cost[0], least, is_least=True, unit=" ×",
            cost=cost, rates=rates, faults=faults,
        )  # fmt: skip

    @property
    def is_good(self) -> bool:
        """Whether the promise is kept, and could be measured."""
        holds = self.figure >= self.limit if self.is_least else self.figure <= self.limit
        return holds and not self.faults

    @property
    def columns(self) -> tuple[str, ...]:
        """Work, where, the figure, its limit, both costs, both rates, verdict."""
        cost = " / ".join(f"{each * 1e6:,.0f}" for each in self.cost) if self.cost else ""
        rates = " / ".join(f"{rate:,.0f}" for rate in self.rates) if self.rates else ""
        bound = f"{'≥' if self.is_least else '≤'} {self.limit:g}{self.unit}"
        verdict = "; ".join(self.faults) or ("kept" if self.is_good else "MISSED")
        return self.name, self.where, f"{self.figure:.2f}{self.unit}", bound, cost, rates, verdict


HEAD = ("work", "where", "measured", "limit", "CPU µs ours / Flask", "a second ours / Flask", "")
WIDTHS = (48, 22, 12, 12, 20, 22, 0)


def line(columns: Sequence[str]) -> str:
    """For a terminal."""
    return " ".join(
        f"{word:<{width}}" for word, width in zip(columns, WIDTHS, strict=True)
    ).rstrip()


def table(results: Sequence[Result]) -> str:
    """For a page of documentation."""
    rows = [HEAD, ("---",) * len(HEAD), *(one.columns for one in results)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
