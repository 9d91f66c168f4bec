"""People who write all the time, send again what was not answered, and keep count of what was."""

import http.client
import re
import secrets
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from tests.browser import COOKIE, FORM
from tests.full.pairs import Pair
from tests.patience import PATIENCE, until

NOT_YET = {0, 503}  # the line was lost, or the site is not ready
PAUSE = 0.02  # seconds before an unanswered form is sent once more, as an impatient thumb would


class Enough(Exception):
    """The load is over: nothing new is begun."""


@dataclass(frozen=True)
class Deed:
    """One form as it was acknowledged; `tries` says how often it had to be sent."""

    who: str
    path: str
    fields: dict[str, str]
    tries: int

    @property
    def verb(self) -> str:
        """The address without its numbers."""
        return re.sub(r"/\d+", "", self.path)


@dataclass
class Writer:
    """One who acts for several pairs of people, one form after the other."""

    port: int
    over: threading.Event
    done: list[Deed] = field(default_factory=list)
    line: http.client.HTTPConnection | None = None

    def send(self, who: str, path: str, **fields: str) -> str:
        """Send until it is answered, always with the same key; where the answer leads.

        Raises Enough, and AssertionError for an answer that does not say that it is done.
        """
        if self.over.is_set():
            raise Enough
        fields["form_key"] = secrets.token_urlsafe(12)
        status, leads_to, text, tries = self._answer(who, path, urlencode(fields).encode())
        assert status == 303, f"{status} for {path}: {_words(text)}"
        self.done.append(Deed(who, path, fields, tries))
        return leads_to

    def page(self, who: str, path: str) -> str:
        """What stands there, asked for until it is answered."""
        status, _, text, _ = self._answer(who, path, None)
        assert status == 200, f"{status} for {path}: {_words(text)}"
        return text

    def ask(
        self, who: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """The answer to a page asked for or a form sent once: status, address, text.

        Status 0 when the line was lost before all of it was here.
        """
        return self._once(who, path, None if fields is None else urlencode(fields).encode())

    def _answer(self, who: str, path: str, body: bytes | None) -> tuple[int, str, str, int]:
        tries = 1
        while (answer := self._once(who, path, body))[0] in NOT_YET:
            tries += 1
            threading.Event().wait(PAUSE)
        return *answer, tries

    def _once(self, who: str, path: str, body: bytes | None) -> tuple[int, str, str]:
        headers = {"Cookie": f"{COOKIE}={who}", "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            headers["Content-Type"] = FORM
        try:
            if self.line is None:
                self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self.line.request("POST" if body is not None else "GET", path, body, headers)
            answer = self.line.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return 0, "", ""
        return answer.status, answer.getheader("Location", ""), text

    def hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line = None


def _words(page: str) -> str:
    found = BeautifulSoup(page, "html.parser").find("main")
    return " ".join(found.get_text(" ").split())[:2000] if found else page


class Load:
    """Several writers at once, each with pairs of its own."""

    def __init__(self, pairs: Sequence[Pair], port: int, *, writers: int) -> None:
        self.over = threading.Event()
        self.writers = [Writer(port, self.over) for _ in range(writers)]
        self.failed: list[BaseException] = []
        self.threads = [
            threading.Thread(target=self._live, args=(writer, pairs[number::writers]), daemon=True)
            for number, writer in enumerate(self.writers)
        ]

    def begin(self) -> None:
        for thread in self.threads:
            thread.start()

    def go_on(self, more: int) -> None:
        """Return once so many more forms have been answered, and everybody got an answer."""
        each = [len(writer.done) for writer in self.writers]
        wanted = sum(each) + more

        def is_enough() -> bool:
            now = [len(writer.done) for writer in self.writers]
            return sum(now) >= wanted and all(b > a for a, b in zip(each, now, strict=True))

        until(lambda: self.failed or is_enough())
        self._complain()

    def end(self) -> None:
        """Everybody ends what they have begun; raises what any of them stumbled over."""
        self.over.set()
        for thread in self.threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self.threads)
        self._complain()

    def _complain(self) -> None:
        if self.failed:
            raise self.failed[0]

    @property
    def done(self) -> list[Deed]:
        return [deed for writer in self.writers for deed in writer.done]

    def _live(self, writer: Writer, pairs: Sequence[Pair]) -> None:
        try:
            with suppress(Enough):
                while True:
                    for pair in pairs:
                        pair.act(writer)
        except BaseException as error:
            self.failed.append(error)
        finally:
            writer.hang_up()
