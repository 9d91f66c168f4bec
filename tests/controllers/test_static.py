"""Files of pages: kept for ever under their own names, and found under other versions' names."""

from app.jinja import assets

OTHER = "/static/app.0123456789.css"


def test_a_file_is_kept_for_ever_under_the_name_of_its_content(client):
    answer = client.get(assets().address("app.css"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"].endswith("immutable")


def test_a_page_of_another_version_gets_the_files_of_this_one_for_once(client):
    ours = client.get(assets().address("app.css"))
    answer = client.get(OTHER, headers={"Sec-Fetch-Dest": "style"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == ours.headers["content-type"]
    assert answer.content == ours.content


def test_whoever_would_keep_a_file_gets_no_other_one(client):
    assert client.get(OTHER, headers={"Sec-Fetch-Dest": "empty"}).status_code == 404
    assert client.get(OTHER).status_code == 404


def test_what_no_version_has_is_not_there(client):
    for name in ("app.0123456789.exe", "app.css", "other.0123456789.css", "app.012345678.css"):
        assert client.get(f"/static/{name}", headers={"Sec-Fetch-Dest": "style"}).status_code == 404
