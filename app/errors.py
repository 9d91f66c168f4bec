"""What can go wrong in words a person can read; the web layer turns each into an answer."""

from datetime import timedelta


class Problem(Exception):
    """Anything the person who asked should be told; `sentence` is shown as it is."""

    status = 500
    title = "Something broke on our side"

    def __init__(self, sentence: str = "", *, to: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.to = to


class Malformed(Problem):
    """The request itself makes no sense: a field sent twice, a body that is not a form."""

    status = 400
    title = "We could not read that"


class NotFound(Problem):
    """No such thing, or none this person may see: the two are never told apart."""

    status = 404
    title = "There is nothing here"

    def __init__(self) -> None:
        super().__init__("The page may have moved, or it is not yours to see.")


class NotAllowed(Problem):
    """The thing may be seen, the deed may not be done; `sentence` says why."""

    status = 403
    title = "You cannot do that"


class SignInNeeded(Problem):
    """Only for people who have signed in."""

    status = 401
    title = "Sign in first"


class ProofNeeded(Problem):
    """Only for people who have given their password a short while ago."""

    status = 401
    title = "Your password, please"


class WrongState(Problem):
    """Too late: someone, perhaps in another tab, was quicker. `to` leads to how it stands now."""

    status = 409
    title = "Something changed meanwhile"


class Outdated(WrongState):
    """What was read holds no more: the page it was read on is shown as it stands now."""


class TooLarge(Problem):
    """The body grew past its limit while it was arriving."""

    status = 413
    title = "That is too much at once"

    def __init__(self, most: int = 64 * 1024) -> None:
        said = f"{most >> 20} MB" if most >> 20 else f"{most >> 10} KB"
        super().__init__(
            f"Send less than {said}. Go back, and what you typed is still in the form."
        )


class TooMany(Problem):
    """A limit is reached; `seconds` until it is worth trying again."""

    status = 429
    title = "That was a lot at once"

    def __init__(self, sentence: str, *, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds

    @classmethod
    def after(cls, reason: str, wait: timedelta) -> "TooMany":
        """The refusal for this reason, in words that say when to come back."""
        seconds = max(-(-wait // timedelta(seconds=1)), 1)
        number, unit = (seconds, "second") if seconds < 60 else (-(-seconds // 60), "minute")
        said = f"{number} {unit}" if number == 1 else f"{number} {unit}s"
        return cls(f"{reason} Try again in {said}.", seconds=seconds)


class Busy(Problem):
    """The site cannot do this just now, and will soon."""

    status = 503
    title = "Skileez is very busy"
    seconds = 5

    def __init__(self) -> None:
        super().__init__("Nothing is lost. Try again in a few seconds.")


class Refused(Exception):
    """One field of a form cannot be accepted, for a reason only the database knows."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}")
        self.field = field
        self.sentence = sentence
