from app.forms.searches import Search, read_search


def test_an_address_is_read_and_written_alike():
    search = read_search("Piano & más", ["Español", "7", "7", "", "c++"])
    assert search == Search("Piano & más", ("espanol", 7, "c++"))
    assert search.address == "/requests?q=Piano+%26+m%C3%A1s&skill=espanol&skill=7&skill=c%2B%2B"
    assert Search().address == "/requests"


def test_a_filter_can_be_left_out():
    search = Search("piano", (7, "chess"))
    assert search.any_words.address == "/requests?skill=7&skill=chess"
    assert search.without(7, "violin").address == "/requests?q=piano&skill=chess"
    assert [name for name, _ in search.wider] == ["words", "skills"]
    assert [name for name, _ in Search("piano").wider] == ["words"]
    assert Search().wider == []


def test_nonsense_in_an_address_asks_for_little():
    search = read_search("x" * 500, [str(n) for n in range(500)] + ["9" * 30, "\x00"])
    assert len(search.words) == 100 and len(search.skills) <= 20
    assert all(isinstance(key, str) or key < 2**63 for key in search.skills)
