"""The two programs of deploy/ that an installed site is looked after with."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.source import text


def program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def as_skileez(folder: Path, file: str, *words: str, **around: str) -> Any:
    """deploy/as-skileez of a program that prints its environment and its words."""
    program(folder / "deploy/as-skileez", text("deploy/as-skileez"))
    program(folder / ".venv/bin/python", 'env -0; printf "%s\\0" "$@"')
    program(folder / "bin/id", "echo 0")
    program(folder / "bin/setpriv", 'while [ "${1#--}" != "$1" ]; do shift; done; exec "$@"')
    (folder / "site.env").write_text(file)
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        [folder / "deploy/as-skileez", *words], capture_output=True, text=True, check=False,
        env={**around, "PATH": path, "SKILEEZ_ENV": str(folder / "site.env")},
    )  # fmt: skip


def test_a_command_reads_the_environment_as_systemd_does(tmp_path) -> None:
    answer = as_skileez(
        tmp_path,
        """# A comment; 'with' "quotes"
DATABASE_URL=postgres://ada:se$cret$$@h/site?sslmode=require&pgbouncer=true
MAIL_FROM=Skileez <no-reply@learn.example>
  SMTP_URL=  smtp://x
A='it $HOME \\ "said" `id` # here'
B="it's $(id) ; "
C=it's "so" # and so on; `id` \t
D=
; another
E=a=b
E=last""",
        "staff", "a b", "", LANG="C.UTF-8", DATA_DIR="/root", DEMO="1",
    )  # fmt: skip
    assert (answer.returncode, answer.stderr) == (0, "")
    *said, _ = answer.stdout.split("\0")
    assert said[-5:] == ["-m", "app.cli", "staff", "a b", ""]
    environment = dict(line.split("=", 1) for line in said[:-5])
    assert environment.pop("PATH").startswith(str(tmp_path))
    assert {
        name: environment[name] for name in environment if name not in ("PWD", "OLDPWD", "_")
    } == {
        "DATABASE_URL": "postgres://ada:se$cret$$@h/site?sslmode=require&pgbouncer=true",
        "MAIL_FROM": "Skileez <no-reply@learn.example>",
        "SMTP_URL": "smtp://x",
        "A": 'it $HOME \\ "said" `id` # here',
        "B": "it's $(id) ; ",
        "C": 'it\'s "so" # and so on; `id`',
        "D": "",
        "E": "last",
        "DATA_DIR": "/var/lib/skileez",
        "BACKUPS": "/var/lib/skileez-backups",
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "TERM": "",
    }


@pytest.mark.parametrize(
    "line",  # of which "pa" may be a secret
    ["export DEMO=0", "DEMO", "A=pa\\ss", "A='it's'", 'A="pa\\ss"', 'A="b" # c', "A='", "# on \\"],
)
def test_a_command_refuses_what_systemd_would_read_in_a_way_of_its_own(tmp_path, line) -> None:
    answer = as_skileez(tmp_path, f"DEMO=0\n{line}\n", "doctor")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert f"{tmp_path}/site.env, line 2: " in answer.stderr
    assert "pa" not in answer.stderr.replace(str(tmp_path), "").replace("docs/", "")


class Installed:
    """A clone beside its upstream; systemctl and all that installs are programs that take notes."""

    def __init__(self, folder: Path) -> None:
        self.upstream, self.here = folder / "upstream", folder / "here"
        self.units, self.notes = folder / "units", folder / "notes"
        fails = 'case " $BROKEN " in *" $said "*) exit 1 ;; esac'
        note = f'echo "$said" >>{self.notes}; {fails}'
        self.units.mkdir()
        program(folder / "bin/id", "echo 0")
        program(folder / "bin/systemctl", f'said=$(echo "$*" | tr " " _); {note}')
        program(self.upstream / "deploy/as-skileez", f"said=$1; {note}")
        # The trial beside the program is the one inside .git.
        program(
            self.upstream / "requirements/install",
            "said=install; case $PWD in *.git/*) said=try ;; esac; mkdir -p .venv\n"
            f"rm -f .venv/.run; {note}\n"
            "{ pwd -P; cat requirements/uv.txt requirements/run.txt pyproject.toml; } >.venv/.run",
        )
        program(self.upstream / "deploy/upgrade", text("deploy/upgrade"))
        for name in ("requirements/uv.txt", "pyproject.toml"):
            (self.upstream / name).touch()
        (self.upstream / ".gitignore").write_text(".venv\n")
        self.environment = {
            **{name: os.environ[name] for name in os.environ if not name.startswith("GIT_")},
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "SKILEEZ_UNITS": str(self.units),
            "GIT_CONFIG_GLOBAL": "/dev/null", "BROKEN": "",
        }  # fmt: skip
        self.git(self.upstream, "init", "--quiet", "--initial-branch=main")
        self.publish("one")
        self.git(folder, "clone", "--quiet", str(self.upstream), str(self.here))
        self.upgrade()

    def git(self, folder: Path, *words: str) -> str:
        name = ("-c", "user.name=Ada", "-c", "user.email=ada@skileez.example")
        return subprocess.run(
            ["git", *name, *words], cwd=folder, env=self.environment, check=True,
            capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip

    def publish(self, version: str) -> None:
        (self.upstream / "requirements/run.txt").write_text(version)
        unit = self.upstream / "deploy/systemd/skileez.service"
        unit.parent.mkdir(exist_ok=True)
        unit.write_text(version)
        (self.upstream / "deploy/systemd/skileez-backup.timer").touch()
        self.git(self.upstream, "add", "--all")
        self.git(self.upstream, "commit", "--quiet", "--message", version)

    def upgrade(self, broken: str = "") -> tuple[int, list[str], str]:
        """Its exit code, what it did, and what it said."""
        self.notes.write_text("")
        answer = subprocess.run(
            [self.here / "deploy/upgrade"], env={**self.environment, "BROKEN": broken},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return answer.returncode, self.notes.read_text().splitlines(), answer.stderr

    @property
    def version(self) -> tuple[str, str]:
        """What is checked out and whose unit is in place."""
        return (
            (self.here / "requirements/run.txt").read_text(),
            (self.units / "skileez.service").read_text(),
        )


STOPPED = ["start_skileez-backup", "stop_skileez"]
STARTED = ["install", "daemon-reload", "migrate", "start_skileez", "doctor"]


@pytest.fixture
def installed(tmp_path) -> Iterator[Installed]:
    yield Installed(tmp_path)
    shutil.rmtree(tmp_path)


def test_an_upgrade_happens_once_and_goes_on_where_it_was_broken_off(installed) -> None:
    assert installed.upgrade() == (0, [], "Nothing new.\n")
    installed.publish("two")
    assert installed.upgrade() == (0, ["try", *STOPPED, *STARTED], "")
    assert installed.version == ("two", "two")
    assert not list(installed.here.glob(".git/beside.*"))
    assert installed.upgrade() == (0, [], "Nothing new.\n")
    # Brought by hand, or merged by one that was killed before it installed.
    installed.publish("three")
    installed.git(installed.here, "pull", "--quiet")
    (installed.here / ".venv/.run").unlink()
    assert installed.upgrade() == (0, ["try", "install", *STOPPED, *STARTED], "")
    assert installed.version == ("three", "three")


@pytest.mark.parametrize("broken", ["detached", "edited", "ahead", "gone", "try", STOPPED[0]])
def test_what_can_fail_fails_before_the_site_is_stopped(installed, broken) -> None:
    installed.publish("two")
    if broken == "detached":
        installed.git(installed.here, "checkout", "--quiet", "--detach")
    elif broken == "edited":
        (installed.here / "requirements/run.txt").write_text("mine")
    elif broken == "ahead":
        installed.git(installed.here, "commit", "--quiet", "--allow-empty", "--message", "mine")
    elif broken == "gone":
        installed.upstream.rename(installed.upstream.with_name("elsewhere"))
    code, did, said = installed.upgrade(broken)
    assert code == 1
    assert not {"stop_skileez", "install", "migrate"} & set(did)
    assert said.endswith("Nothing was changed.\n")


@pytest.mark.parametrize("broken", ["stop_skileez", "migrate"])
def test_an_upgrade_that_fails_starts_the_site_as_it_was(installed, broken) -> None:
    installed.publish("two")
    code, did, said = installed.upgrade(broken)
    assert (code, did[-1]) == (1, "start_skileez")
    assert installed.version == ("one", "one")
    assert "The site is started, at " in said
    assert installed.upgrade()[:2] == (0, ["try", *STOPPED, *STARTED])
    assert installed.version == ("two", "two")


@pytest.mark.parametrize("broken", ["install", "start_skileez"])
def test_an_upgrade_that_cannot_start_the_site_says_so(installed, broken) -> None:
    installed.publish("two")
    code, _, said = installed.upgrade(broken)
    assert code == 1
    assert "THE SITE IS STOPPED" in said
    code, did, _ = installed.upgrade()
    assert (code, did[-2:]) == (0, ["start_skileez", "doctor"])
    assert installed.version == ("two", "two")


def test_an_edited_unit_is_left_and_said(installed) -> None:
    (installed.units / "skileez.service").write_text("mine")
    installed.publish("two")
    code, _, said = installed.upgrade()
    assert (code, installed.version) == (0, ("two", "mine"))
    assert "skileez.service was edited and is left" in said
