"""What counts as a common password, and the file that knows them."""

import random
from itertools import pairwise
from pathlib import Path

import pytest

from app import common_passwords
from app.common_passwords import ENTRIES, LISTED, OWN, PIECE, build, count, is_common, is_listed
from app.passwords import objection

WORDS = [
    "anchor", "basil", "candle", "dragon", "ember", "falcon", "garden", "harbor", "island",
    "jungle", "kettle", "lantern", "meadow", "needle", "orange", "pepper", "quartz", "ribbon",
    "saddle", "tunnel", "umbrella", "velvet", "walnut", "yellow", "zipper", "bridge", "copper",
    "donkey", "engine", "forest", "guitar", "hammer", "iron", "jacket", "kitten", "lemon",
    "monkey", "noodle", "ocean", "pencil", "rabbit", "silver", "ticket", "uncle", "violin",
    "window", "winter", "shadow", "summer", "princess", "football", "baseball",
]  # fmt: skip
SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%&*+-=?@"


def test_there_are_more_than_a_hundred_thousand_in_less_than_800_kilobytes() -> None:
    assert count() >= 100_000
    assert LISTED.stat().st_size == count() * PIECE < 800_000


def test_its_pieces_are_sorted_and_each_is_there_once() -> None:
    kept = LISTED.read_bytes()
    pieces = [kept[at : at + PIECE] for at in range(0, len(kept), PIECE)]
    assert all(before < after for before, after in pairwise(pieces))


def test_another_password_is_taken_for_a_common_one_less_than_once_in_a_million() -> None:
    assert ENTRIES * 6 / 256**PIECE < 1 / 1_000_000


@pytest.mark.parametrize("password", [
    "123456789012", "1234567890123456", "000000000000", "111222333444", "123123123123",
    "qwertyuiop123", "qwertyuiop[]", "1q2w3e4r5t6y", "1qaz2wsx3edc", "asdfghjkl123", "abcd1234abcd",
    "password1234", "passwordpassword", "iloveyou1234", "princess1234", "administrator",
    "letmein12345", "welcome12345", "football1234", "basketball12", "contrasena123",
    "azertyuiop123", "liverpool2024", "instagram2025",
])  # fmt: skip
def test_a_well_known_password_is_refused(password: str) -> None:
    assert objection(password)


@pytest.mark.parametrize("password", [
    "Password1234", "PASSWORD1234", "Pässword1234", "p a s s w o r d 1 2 3 4", "password_1234!",
    "P@ssw0rd!2024", "p@$$w0rd12345", "il0vey0u2024", "m0nkeym0nkey", "!!password!!",
    "dragon......", "2024dragon2024", "abcabcabcabcabc", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "1212121212121", "qwerty!qwerty!",
])  # fmt: skip
def test_so_is_one_that_is_only_dressed_up(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize("password", [
    "love#8$2@9!^", "l#o$v%e^1&2*3(4", "dragon4829173650", "correct horse otter lamp",
    "пароль и чайник", "水壶在花园里唱着一首歌", "•‣◦⁃▪▫●○◘◙◦☙",
])  # fmt: skip
def test_common_parts_alone_make_no_common_password(password: str) -> None:
    assert not is_common(password)


def test_phrases_of_three_words_are_accepted_even_when_each_word_is_common() -> None:
    chance = random.Random(12)
    for between in ("-", " ", "", "."):
        for _ in range(200):
            phrase = between.join(chance.sample(WORDS, 3))
            assert not objection(phrase), phrase


def test_random_signs_are_accepted() -> None:
    chance = random.Random(12)
    for _ in range(2000):
        password = "".join(chance.choices(SIGNS, k=12))
        assert not objection(password), password


def test_every_one_of_our_own_is_listed() -> None:
    assert not [word for word in OWN.read_text(encoding="utf-8").split() if not is_listed(word)]


def test_nothing_is_read_before_it_is_asked_and_the_file_only_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = []
    opening = Path.open

    def noted(path: Path, *rest: str) -> object:
        opened.append(path)
        return opening(path, *rest)

    common_passwords._entries.cache_clear()
    monkeypatch.setattr(Path, "open", noted)
    assert not opened
    assert is_common("password1234")
    assert is_common("dragon123456")
    assert not is_common("green kettle sings")
    assert opened == [LISTED]


def test_the_file_is_made_from_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(common_passwords, "OWN", tmp_path / "own.txt")
    monkeypatch.setattr(common_passwords, "ENTRIES", 6)
    monkeypatch.setattr(common_passwords, "SHORT", 2)
    (tmp_path / "own.txt").write_text("skillfulness")
    (tmp_path / "first.txt").write_text("dragon\nDragon\nabc\nmonkey\nsunset\nkingofthehill\n")
    more = tmp_path / "more"
    more.mkdir()
    (more / "12.txt").write_text("rarelyspoken\nKing of the Hill\nwinteriscoming\n\n")
    (more / "13.txt").write_text("winteriscoming1\n")
    target = tmp_path / "made.bin"
    build([tmp_path / "first.txt", more], target)
    common_passwords._entries.cache_clear()
    monkeypatch.setattr(common_passwords, "LISTED", target)
    listed = ["skillfulness", "dragon", "monkey", "kingofthehill", "winteriscoming"]
    try:
        assert count() == 6
        assert all(is_listed(form) for form in [*listed, "winteriscoming1"])
        assert not any(is_listed(form) for form in ("abc", "sunset", "rarelyspoken", ""))
        first = target.read_bytes()
        build([tmp_path / "first.txt", more], target)
        assert target.read_bytes() == first
    finally:
        common_passwords._entries.cache_clear()
