"""People who use a site while it fails: what they did, and what they were told.

Whoever gets no clear answer does what a browser does: sends the same form with the same key again.
"""

import http.client
import re
import threading
import time
from collections import Counter
from urllib.parse import urlencode

from tests.factories import PASSWORD
from tests.full.namespaces import Machine
from tests.full.servers import PUBLIC_URL

PAUSE = 0.3  # seconds between two requests of one line
BETWEEN_MESSAGES = 3.5  # seconds: nobody may send more than 20 a minute
NOT_NOW = (502, 503, 504)  # of a node in words, or of nginx
NUMBER = re.compile(r'<li class="msg[^>]* id="m(\d+)"')
FORM = {
    "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
    "Origin": PUBLIC_URL,
}  # fmt: skip


class Line:
    """One kept connection to the site, made anew when it breaks."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.connection: http.client.HTTPConnection | None = None
        self.statuses: Counter[int] = Counter()
        self.nodes: set[str] = set()
        self.node = ""

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers and body; 0 when no answer came."""
        self.node = ""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.host, timeout=90)
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.close()
            self.statuses[0] += 1
            return 0, {}, ""
        said = {name.lower(): value for name, value in answer.getheaders()}
        self.node = said.get("x-node", "")
        self.nodes.update(self.node.split(", "))
        self.statuses[answer.status] += 1
        if answer.status == 503 and "Nothing is lost" not in text:
            raise AssertionError(f"an unclear 503: {text}")
        said["cookies"] = "; ".join(
            value.partition(";")[0]
            for name, value in answer.getheaders()
            if name.lower() == "set-cookie"
        )
        return answer.status, said, text

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


class Person:
    """Somebody in one thread, with one sign-in; a line to write and a line to read."""

    def __init__(self, number: int, email: str, thread: int, wanted: int | None) -> None:
        self.number, self.email = number, email
        self.thread, self.wanted = thread, wanted
        self.cookies = ""
        self.keys = 0  # once-only keys used
        self.acknowledged: list[str] = []
        self.marked = False
        self.marks = 0
        self.seen: list[int] = []
        self.cursor = "0.0.0"
        self.polls = 0
        self.pages = 0
        self.writing, self.reading = Line(""), Line("")
        self.stopped = self.given_up = threading.Event()

    def sign_in(self, host: str) -> None:
        self.writing.host = self.reading.host = host
        form = urlencode({"email": self.email, "password": PASSWORD})
        status, said, text = self.writing.ask("POST", "/sign-in", form, **FORM)
        assert status == 303, (status, text)
        self.cookies = said["cookies"]

    def send(self, path: str, **fields: str) -> str:
        """Send a form until it is acknowledged; where the answer leads."""
        self.keys += 1
        return self.send_again(path, **fields)

    def send_again(self, path: str, **fields: str) -> str:
        """The same with the same key."""
        body = urlencode({**fields, "form_key": f"{self.number}-{self.keys}"})
        while not self.given_up.is_set():
            status, said, text = self.writing.ask("POST", path, body, Cookie=self.cookies, **FORM)
            if status == 303:
                return said["location"]
            if status not in (0, *NOT_NOW):
                raise AssertionError(f"POST {path}: {status} {text[:3000]}")
            self.given_up.wait(PAUSE)
        raise AssertionError(f"POST {path}: never acknowledged")

    def write(self) -> None:
        """Messages, each once; every third is sent a second time, as by a double tap."""
        number, due = 0, 0.0
        while not self.stopped.is_set():
            if time.monotonic() >= due:
                number, due = number + 1, time.monotonic() + BETWEEN_MESSAGES
                self._say(f"Line {number} of person {self.number}")
            elif self.wanted is not None:
                self._mark()
            else:
                self._look()
            self.stopped.wait(PAUSE)

    def _say(self, text: str) -> None:
        path = f"/messages/{self.thread}"
        led = self.send(path, text=text)
        if "/messages/" not in led:
            raise AssertionError(f"a message led to {led}")
        self.acknowledged.append(text)
        if len(self.acknowledged) % 3 == 0:
            again = self.send_again(path, text=text)
            if again != led:
                raise AssertionError(f"the same form led to {led}, and then to {again}")

    def _mark(self) -> None:
        verb = "unbookmark" if self.marked else "bookmark"
        self.send(f"/requests/{self.wanted}/{verb}")
        self.marked, self.marks = not self.marked, self.marks + 1

    def _look(self) -> None:
        status, _, text = self.writing.ask("GET", "/settings", Cookie=self.cookies)
        if status == 200:
            if self.email not in text:
                raise AssertionError("a page of somebody else")
            self.pages += 1
        elif status not in (0, *NOT_NOW):
            raise AssertionError(f"GET /settings: {status}")

    def read(self) -> None:
        """Poll as the open thread does."""
        while not self.stopped.is_set():
            self.poll()
            self.stopped.wait(PAUSE)

    def poll(self) -> None:
        headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-PTag": self.cursor}
        path = f"/messages/{self.thread}/new"
        status, said, text = self.reading.ask("GET", path, Cookie=self.cookies, **headers)
        if status == 204 or (status == 200 and "hx-ptag" in said):
            self.polls += 1
            self.seen += map(int, NUMBER.findall(text))
            self.cursor = said.get("hx-ptag", self.cursor)
        elif status not in (0, *NOT_NOW):
            raise AssertionError(f"GET {path}: {status} {text[:300]}")


class Crowd:
    """All of them at once, each in two threads that speak from the same machine."""

    def __init__(self, people: list[Person], machine: Machine, host: str) -> None:
        self.people, self.machine, self.host = people, machine, host
        self.wrong: list[str] = []
        self.stopped, self.given_up = threading.Event(), threading.Event()
        for person in people:
            person.stopped, person.given_up = self.stopped, self.given_up
        works = [work for person in people for work in (person.write, person.read)]
        self.threads = [threading.Thread(target=self._be, args=(work,)) for work in works]

    def sign_in(self) -> None:
        with self.machine.inside():
            for person in self.people:
                person.sign_in(self.host)

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Each finishes what it is about."""
        self.stopped.set()
        for thread in self.threads:
            if thread.ident is not None:
                thread.join()

    def give_up(self) -> None:
        """Wait for no answer any more."""
        self.given_up.set()
        self.stop()
        self.close()

    def finish(self) -> None:
        """One look more at each thread, now that nobody writes."""
        with self.machine.inside():
            for person in self.people:
                person.poll()

    def close(self) -> None:
        for person in self.people:
            person.writing.close()
            person.reading.close()

    def _be(self, work) -> None:
        with self.machine.inside():
            try:
                work()
            except BaseException as error:
                self.wrong.append(f"{type(error).__name__}: {error}")
