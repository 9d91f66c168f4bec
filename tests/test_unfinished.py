"""What is not finished is gone when its maker is, and never before."""

import fcntl
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.unfinished import PREFIX, unfinished

ROOT = Path(__file__).parents[1]
MAKE = """
import sys
from pathlib import Path
from app.unfinished import unfinished
with unfinished(Path(sys.argv[1])) as folder:
    (folder / "copy.db").write_text("rows")
    print(folder, flush=True)
    sys.stdin.read()
"""


def maker(beside: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process that works in a folder, and that folder."""
    made = subprocess.Popen(
        [sys.executable, "-c", MAKE, str(beside)],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert made.stdout is not None
    return made, Path(made.stdout.readline().strip())


def test_it_is_its_makers_alone_and_gone_afterwards(tmp_path):
    with unfinished(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "inside").mkdir()
    with pytest.raises(KeyboardInterrupt), unfinished(tmp_path):
        raise KeyboardInterrupt
    assert [*tmp_path.iterdir()] == []


def test_the_next_one_removes_what_a_killed_one_left_and_nothing_of_who_still_works(tmp_path):
    killed, left = maker(tmp_path)
    working, kept = maker(tmp_path)
    assert {*tmp_path.iterdir()} == {left, kept}
    killed.kill()
    killed.communicate()
    (tmp_path / ".somebody-elses").mkdir()
    (tmp_path / f"{PREFIX}file").write_text("no folder")
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / ".somebody-elses")
    with unfinished(tmp_path) as mine:
        assert not left.exists()
        assert (kept / "copy.db").read_text() == "rows"
        assert mine not in (left, kept)
    working.communicate(timeout=60)
    assert working.returncode == 0
    assert not kept.exists()
    assert (tmp_path / ".somebody-elses").exists()


def test_a_folder_taken_for_a_dead_ones_before_it_was_locked_is_made_again(tmp_path, monkeypatch):
    lock, taken = fcntl.flock, []

    def late(opened: int, how: int) -> None:
        if not taken:
            taken.append(Path(f"/proc/self/fd/{opened}").readlink())
            taken[0].rmdir()
        lock(opened, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with unfinished(tmp_path) as folder:
        assert folder != taken[0]
        assert folder.is_dir()


def test_a_disk_without_locks_will_do_and_loses_nobodys(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with unfinished(tmp_path) as first, unfinished(tmp_path) as second:
        assert first.is_dir()
        assert second.is_dir()
    assert [*tmp_path.iterdir()] == []


def test_a_process_that_is_stopped_keeps_its_folder(tmp_path):
    working, kept = maker(tmp_path)
    working.send_signal(signal.SIGSTOP)
    with unfinished(tmp_path):
        assert kept.exists()
    working.send_signal(signal.SIGCONT)
    working.communicate(timeout=60)
    assert [*tmp_path.iterdir()] == []
