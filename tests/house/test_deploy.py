"""What deploy/ says agrees with the site, with itself and with the documents."""

import re
import subprocess
from typing import Any

import pytest
import yaml

from app.processes import GRACE, KEEP_ALIVE
from app.settings import Settings
from app.web.uploads import LARGEST_UPLOAD
from tests.house.routes import all_routes
from tests.house.source import ROOT, files, text

COMPOSE: dict[str, Any] = yaml.safe_load(text("deploy/compose.yaml"))
SERVICES = COMPOSE["services"]
SITES = [name for name in SERVICES if name.startswith("site-")]
CONFIGURATIONS = {"nginx": "deploy/nginx.conf", "caddyfile": "deploy/Caddyfile"}
FILLED = {
    "SITE_NAME": "learn.example",
    "POSTGRES_PASSWORD": "secret",
    "SMTP_URL": "smtps://m.example",
}
# After SIGTERM the parent waits so long, and then 5 seconds more before it kills.
LONGEST_STOP = GRACE + 5


def read(path: str) -> dict[str, str]:
    lines = [line for line in text(path).splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def filled(value: Any) -> str:
    """What Compose makes of ${NAME:?why} and ${NAME:-}."""
    return re.sub(r"\$\{(\w+)[^}]*\}", lambda name: FILLED.get(name[1], ""), str(value))


def known_variables() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)`", text("docs/configuration.md"), re.MULTILINE))


def commands() -> set[str]:
    return set(re.findall(r"@main\.command\(\)\n(?:@.*\n)*def (\w+)", text("app/cli.py")))


def seconds(said: str) -> int:
    return int(said.removesuffix("s"))


def test_a_site_understands_what_it_is_given(tmp_path) -> None:
    given = {
        "systemd": read("deploy/systemd/skileez.env"),
        "compose": {
            name: filled(value) for name, value in SERVICES["site-1"]["environment"].items()
        },
    }
    for environment in given.values():
        assert environment.keys() <= known_variables()
        settings = Settings.from_env({**environment, "DATA_DIR": str(tmp_path)})
        assert settings.public_url.startswith("https://")
        assert settings.trusted_proxies
        assert not settings.demo
    assert read("deploy/compose.env").keys() >= set(
        re.findall(r"\$\{(\w+)", text("deploy/compose.yaml"))
    )


@pytest.mark.parametrize("path", files(".service", "Dockerfile", under="deploy/"))
def test_variables_and_commands_are_those_there_are(path: str) -> None:
    said = text(path)
    set_here = re.findall(r"^(?:ENV|Environment=)(.*)$", said, re.MULTILINE)
    names = set(re.findall(r"([A-Z_]+)=", " ".join(set_here)))
    assert {name for name in names if not name.startswith("PYTHON")} <= known_variables()
    assert set(re.findall(r"-m app\.cli (\w+)", said)) <= commands()
    assert set(re.findall(r'^CMD \["(\w+)"\]', said, re.MULTILINE)) <= commands()
    assert "app.cli" in said


def test_what_is_copied_into_the_image_is_let_through() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+)", text("deploy/Dockerfile"), re.MULTILINE)
    let_through = re.findall(r"^!(\S+)", text(".dockerignore"), re.MULTILINE)
    assert sorted(copied) == sorted(let_through)
    assert all((ROOT / path).exists() for path in copied)


def test_a_stop_has_time_for_what_is_in_flight() -> None:
    unit = dict(
        line.split("=", 1) for line in text("deploy/systemd/skileez.service").splitlines()
        if "=" in line
    )  # fmt: skip
    assert seconds(unit["TimeoutStopSec"]) > LONGEST_STOP
    assert unit["KillMode"] == "mixed"
    for name in (*SITES, "worker"):
        assert seconds(SERVICES[name]["stop_grace_period"]) > LONGEST_STOP


def test_health_is_asked_where_it_is_answered() -> None:
    [path] = re.findall(r"\['PORT'\]\}(/\w+)", text("deploy/Dockerfile"))
    assert path in {route.path for route in all_routes()}
    assert SERVICES["worker"]["command"][0] in commands()
    # A migration may take so long, and the worker waits for it.
    assert "--start-period=2h" in text("deploy/Dockerfile")


def test_in_compose_each_has_its_own_folder() -> None:
    folders = [SERVICES[name]["volumes"] for name in (*SITES, "worker")]
    assert len({str(volumes) for volumes in folders}) == len(folders)


@pytest.mark.parametrize("language", CONFIGURATIONS)
def test_the_documents_show_the_very_files(language: str) -> None:
    shown = re.findall(
        rf"```{language}\n(.*?)```", text("docs/how-to/run-behind-a-proxy.md"), re.DOTALL
    )
    assert shown[0] == text(CONFIGURATIONS[language])


def test_proxies_let_pictures_through_and_hang_up_before_the_site() -> None:
    nginx, caddy = (text(path) for path in CONFIGURATIONS.values())
    assert int(re.findall(r"client_max_body_size (\d+)m", nginx)[0]) << 20 >= LARGEST_UPLOAD
    assert int(re.findall(r"max_size (\d+)MB", caddy)[0]) * 1_000_000 >= LARGEST_UPLOAD
    upstream = re.findall(r"(?:keepalive_timeout|keepalive) +(\d+)s", nginx + caddy)
    assert sorted(map(int, upstream))[:2] == [240, 240]
    assert KEEP_ALIVE > 240


def test_secret_addresses_are_in_no_log() -> None:
    [hidden] = re.findall(r"location ~ \^/\((.*)\)/", text("deploy/nginx.conf"))
    secret = {
        route.path.split("/")[1]
        for route in all_routes()
        if re.search(r"\{(secret|key):", route.path)
    }
    assert set(hidden.split("|")) == secret | {"calendar"}
    _, plain, tls = text("deploy/nginx.conf").split("server {\n")
    [there] = re.findall(r"location ~ .*?\}", tls, re.DOTALL)
    for block in (plain, there):
        assert re.search(r"access_log +off;", block)
        assert re.search(r"error_log +/dev/null;", block)
    # Else the address of such a page is the Referer of its styles and scripts.
    assert "Referrer-Policy strict-origin always;" in there
    assert "http_referer" not in text("deploy/nginx.conf")
    assert {"request>uri delete", "request>headers delete"} <= {
        line.strip() for line in text("deploy/Caddyfile").splitlines()
    }


def test_in_compose_the_proxy_knows_its_sites_and_they_know_it(tmp_path) -> None:
    address = {name: SERVICES[name]["networks"]["inside"]["ipv4_address"] for name in SITES}
    proxy = SERVICES["nginx"]["networks"]["inside"]["ipv4_address"]
    assert SERVICES["site-1"]["environment"]["TRUSTED_PROXIES"] == proxy
    script = filled(SERVICES["nginx"]["command"][-1]).split("exec")[0]
    script = script.replace("/skileez/", f"{ROOT}/deploy/")
    script = script.replace("/etc/nginx/conf.d/", f"{tmp_path}/")
    subprocess.run(["sh", "-ec", script], check=True)
    made = (tmp_path / "skileez.conf").read_text()
    port = read_port()
    assert re.findall(r"server (\S+:\d+);", made) == [f"{one}:{port}" for one in address.values()]
    assert "skileez.example" not in made
    assert made.count("server_name learn.example;") == 2
    assert re.findall(r"ssl_certificate\w* +(\S+);", made) == [
        "/etc/nginx/tls/fullchain.pem", "/etc/nginx/tls/privkey.pem",
    ]  # fmt: skip


def read_port() -> int:
    [port] = re.findall(r"EXPOSE (\d+)", text("deploy/Dockerfile"))
    assert f"PORT={port}" in text("deploy/Dockerfile")
    assert all(f"127.0.0.1:{port}" in text(path) for path in CONFIGURATIONS.values())
    return int(port)
