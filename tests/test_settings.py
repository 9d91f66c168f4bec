"""The environment → one frozen object, or a sentence that names the variable."""

import os
import re
import stat
from pathlib import Path

import msgspec
import pytest

from app.settings import Settings, WrongSetting

DOCS = Path(__file__).parents[1] / "docs"
SERVING = {"DEMO": "0"}


def read(**env: str) -> Settings:
    return Settings.from_env(env)


def test_an_empty_environment_is_enough():
    settings = read()
    assert settings.host == "127.0.0.1"
    assert settings.port == 8000
    assert settings.data_dir == Path("data").resolve()
    assert settings.database_url == f"sqlite:///{settings.data_dir}/skileez.db"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.trusted_proxies == ()
    assert settings.workers == os.cpu_count()
    assert settings.smtp_url == ""
    assert settings.demo


def test_an_empty_value_is_an_absent_one():
    names = ("HOST", "PORT", "DATA_DIR", "DATABASE_URL", "PUBLIC_URL", "TRUSTED_PROXIES")
    others = ("WORKERS", "SMTP_URL", "DEMO", "DATABASE_POOL", "LOG_FORMAT", "METRICS")
    assert read(**dict.fromkeys((*names, *others), " ")) == read()


def test_settings_stay_as_they_were_read():
    with pytest.raises(AttributeError):
        read().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "typed", "field", "value"),
    [
        ("PORT", "1", "port", 1),
        ("PORT", " 65535 ", "port", 65535),
        ("WORKERS", "16", "workers", 16),
        ("DATABASE_POOL", "20", "database_pool", 20),
        ("LOG_FORMAT", "JSON", "log_format", "json"),
        ("LOG_FORMAT", "text", "log_format", "text"),
        ("METRICS", "9100", "metrics", ("127.0.0.1", 9100)),
        ("METRICS", "10.0.0.7:9100", "metrics", ("10.0.0.7", 9100)),
        ("METRICS", "[::1]:9100", "metrics", ("::1", 9100)),
        ("DEMO", "0", "demo", False),
        ("DEMO", "No", "demo", False),
        ("DEMO", "off", "demo", False),
        ("DEMO", "1", "demo", True),
        ("DEMO", "TRUE", "demo", True),
        ("SMTP_URL", "smtp://mail.example", "smtp_url", "smtp://mail.example"),
        ("SMTP_URL", "smtps://ada:pw@mail.example:465", "smtp_url",
         "smtps://ada:pw@mail.example:465"),
        ("DATA_DIR", "/srv/skileez", "data_dir", Path("/srv/skileez")),
        ("DATA_DIR", "~/skileez", "data_dir", Path.home() / "skileez"),
    ],
)  # fmt: skip
def test_a_good_value_is_taken(name: str, typed: str, field: str, value: object):
    assert getattr(read(**{name: typed}), field) == value


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("HOST", "not a host"),
        ("HOST", "300.1.1.1"),
        ("HOST", "127.0.0.1:8000"),
        ("HOST", "http://localhost"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("PORT", "8_000"),
        ("PORT", "80 80"),
        ("PORT", "٨٠"),
        ("PORT", "0x50"),
        ("PORT", "000000008000999"),
        ("WORKERS", "0"),
        ("WORKERS", "257"),
        ("WORKERS", "two"),
        ("DATABASE_POOL", "0"),
        ("DEMO", "maybe"),
        ("DEMO", "2"),
        ("DATA_DIR", "~nobody-of-this-name/data"),
        ("DATA_DIR", "nul\0nul"),
        ("DATABASE_URL", "mysql://host/name"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "skileez.db"),
        ("DATABASE_URL", "postgresql://host:port/name"),
        ("PUBLIC_URL", "skileez.example"),
        ("PUBLIC_URL", "ftp://skileez.example"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://skileez.example/app"),
        ("PUBLIC_URL", "https://skileez.example?a=b"),
        ("PUBLIC_URL", "https://skileez.example/?"),
        ("PUBLIC_URL", "https://skileez.example#a"),
        ("PUBLIC_URL", "https://ada:pw@skileez.example"),
        ("PUBLIC_URL", "https://ada@skileez.example"),
        ("PUBLIC_URL", "https://skileez.example:99999"),
        ("PUBLIC_URL", "https://skileez example"),
        ("TRUSTED_PROXIES", "the proxy"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("TRUSTED_PROXIES", "10.0.0.0/8 10.1.0.0/16"),
        ("TRUSTED_PROXIES", "*"),
        ("SMTP_URL", "mail.example"),
        ("SMTP_URL", "http://mail.example"),
        ("SMTP_URL", "smtp://"),
        ("SMTP_URL", "smtp://mail.example:port"),
        ("VALKEY_URL", "valkey.example"),
        ("VALKEY_URL", "http://valkey.example:6379"),
        ("VALKEY_URL", "valkey://"),
        ("VALKEY_URL", "valkey://valkey.example/0"),
        ("VALKEY_URL", "unix://"),
        ("LIMITS", "0"),
        ("LIMITS", "half"),
        ("METRICS", "yes"),
        ("METRICS", "0"),
        ("METRICS", "host:9100"),
        ("METRICS", "127.0.0.1:"),
        ("METRICS", "127.0.0.1:99999"),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence_that_names_the_variable(name: str, typed: str):
    with pytest.raises(WrongSetting, match=rf"^{name}\b.*\.$"):
        read(**{name: typed})


@pytest.mark.parametrize("name", ["DATABASE_URL", "SMTP_URL", "VALKEY_URL"])
def test_no_sentence_repeats_a_password(name: str):
    with pytest.raises(WrongSetting) as wrong:
        read(**{name: "gopher://ada:hush-hush@host:x/name"})
    assert "hush-hush" not in str(wrong.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "skileez.example", ""])
def test_demo_mode_listens_on_this_machine_only(host: str):
    settings = read(HOST=host)
    assert settings.host == "127.0.0.1"
    assert settings.public_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_demo_mode_keeps_a_loopback_address(host: str):
    assert read(HOST=host).host == host


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.10", "skileez.example"])
def test_a_server_for_people_listens_where_it_is_told(host: str):
    assert read(**SERVING, HOST=host).host == host


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://skileez.example", "https://skileez.example"),
        ("https://skileez.example/", "https://skileez.example"),
        ("HTTPS://Skileez.Example", "https://skileez.example"),
        ("https://skileez.example:443", "https://skileez.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_the_public_address_is_spelled_as_browsers_name_it(typed: str, origin: str):
    assert read(PUBLIC_URL=typed).public_url == origin


@pytest.mark.parametrize(
    ("env", "origin"),
    [
        ({"PORT": "8123"}, "http://127.0.0.1:8123"),
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({"HOST": "localhost", "PORT": "80"}, "http://localhost:80"),
    ],
)
def test_without_one_the_public_address_is_where_it_listens(env: dict[str, str], origin: str):
    assert read(**env).public_url == origin


@pytest.mark.parametrize(
    "address",
    [
        "postgres://ada:pw@db.example:6543/name",
        "postgresql://ada:pw@db.example/name?sslmode=require&channel_binding=require",
        "postgres://ada:pw@db.example/name?pgbouncer=true&connection_limit=1&schema=public",
        "postgresql:///name?host=/run/postgresql",
        "sqlite:////srv/skileez/skileez.db",
    ],
)
def test_database_addresses_as_hosts_write_them_are_taken(address: str):
    assert read(DATABASE_URL=address).database_url == address


def test_proxies_are_addresses_or_networks():
    proxies = read(TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/8,fd00::/8").trusted_proxies
    assert [str(network) for network in proxies] == ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"]


@pytest.mark.parametrize("existing", [True, False])
def test_the_data_folder_is_readable_by_its_owner_alone(tmp_path: Path, existing: bool):
    folder = tmp_path / "deep" / "data"
    if existing:
        folder.mkdir(parents=True, mode=0o755)
    read(DATA_DIR=str(folder)).prepare_data_dir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path):
    (tmp_path / "data").write_text("")
    with pytest.raises(WrongSetting, match=r"^DATA_DIR: .*data cannot be used: "):
        read(DATA_DIR=str(tmp_path / "data")).prepare_data_dir()


def test_a_folder_shared_by_everybody_is_not_taken_away_from_them(tmp_path: Path):
    tmp_path.chmod(0o1777)
    with pytest.raises(WrongSetting, match=r"^DATA_DIR: .* is shared by everybody"):
        read(DATA_DIR=str(tmp_path)).prepare_data_dir()
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777


def test_every_variable_is_explained():
    explained = (DOCS / "configuration.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \|", explained, re.MULTILINE)
    assert rows == [field.name.upper() for field in msgspec.structs.fields(Settings)]
