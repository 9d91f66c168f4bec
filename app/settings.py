"""The environment, read once into one frozen object; a wrong value is named in a sentence."""

import ipaddress
import os
import re
import stat
import sys
from collections.abc import Mapping, Sequence
from email.headerregistry import Address
from email.policy import SMTP
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import ada_url
import msgspec

from db.addresses import normalised

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*", re.ASCII)
YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")


class WrongSetting(Exception):
    """A variable of the environment cannot be used; the sentence names it and what would do."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How this node runs. `public_url` ends without a slash."""

    host: str
    port: int
    data_dir: Path
    database_url: str
    public_url: str
    trusted_proxies: tuple[Network, ...]
    workers: int
    smtp_url: str
    mail_from: str
    valkey_url: str
    limits: int
    jobs: bool
    demo: bool
    database_pool: int
    log_format: str
    metrics: tuple[str, int] | None
    backups: Path | None

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the variables of docs/configuration.md; WrongSetting for the first wrong one."""
        demo = _yes_or_no(env, "DEMO", default=True)
        host = _host(env, demo=demo)
        port = _number(env, "PORT", default=8000, least=1, most=65535)
        data_dir = _folder(env, "DATA_DIR") or Path("data").resolve()
        public_url = _public_url(env, host, port)
        return cls(
            host=host,
            port=port,
            data_dir=data_dir,
            database_url=_database_url(env, data_dir),
            public_url=public_url,
            trusted_proxies=_networks(env, "TRUSTED_PROXIES"),
            workers=_number(env, "WORKERS", default=os.cpu_count() or 1, least=1, most=256),
            smtp_url=_smtp_url(env),
            mail_from=_mail_from(env, public_url),
            valkey_url=_valkey_url(env),
            limits=_number(env, "LIMITS", default=1, least=1, most=100_000),
            jobs=_yes_or_no(env, "JOBS", default=True),
            demo=demo,
            database_pool=_number(env, "DATABASE_POOL", default=8, least=1, most=200),
            log_format=_log_format(env),
            metrics=_metrics(env),
            backups=_folder(env, "BACKUPS"),
        )

    @property
    def has_demo_mail(self) -> bool:
        """Whether the mails that are sent can be read on the site itself."""
        return self.demo and not self.smtp_url

    def prepare_data_dir(self) -> None:
        """Make the data folder, readable by its owner alone."""
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.data_dir.stat().st_mode & stat.S_ISVTX:
                raise WrongSetting(
                    f"DATA_DIR: {self.data_dir} is shared by everybody here; name one of its own."
                )
            self.data_dir.chmod(0o700)
        except OSError as error:
            raise WrongSetting(
                f"DATA_DIR: {self.data_dir} cannot be used: {error.strerror}."
            ) from error


def _number(env: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    typed = env.get(name, "").strip()
    if not typed:
        return default
    if not (
        typed.isascii() and typed.isdigit() and len(typed) < 12 and least <= int(typed) <= most
    ):
        raise WrongSetting(f"{name} is {typed!r}; it must be a whole number, {least} to {most}.")
    return int(typed)


def _host(env: Mapping[str, str], *, demo: bool) -> str:
    typed = env.get("HOST", "").strip() or "127.0.0.1"
    try:
        is_near = ipaddress.ip_address(typed).is_loopback
    except ValueError:
        if not HOST_NAME.fullmatch(typed) or typed.replace(".", "").isdigit():
            raise WrongSetting(
                f"HOST is {typed!r}; it must be an address of this machine, such as 0.0.0.0."
            ) from None
        is_near = typed == "localhost"
    # In demo mode everyone's password is public: nobody else may reach it.
    return typed if is_near or not demo else "127.0.0.1"


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    typed = env.get(name, "").strip()
    try:
        return Path(typed).expanduser().resolve() if typed else None
    except (OSError, RuntimeError, ValueError):
        raise WrongSetting(f"{name} is {typed!r}; it must be a folder.") from None


def _yes_or_no(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    typed = env.get(name, "").strip().lower()
    if typed in (*YES, *NO, ""):
        return typed in YES if typed else default
    raise WrongSetting(f"{name} is {typed!r}; it must be 1 or 0.")


def _log_format(env: Mapping[str, str]) -> str:
    typed = env.get("LOG_FORMAT", "").strip().lower()
    if typed not in ("json", "text", ""):
        raise WrongSetting(f"LOG_FORMAT is {typed!r}; it must be json or text.")
    return typed or ("text" if sys.stderr.isatty() else "json")


def _metrics(env: Mapping[str, str]) -> tuple[str, int] | None:
    typed = env.get("METRICS", "").strip()
    if not typed:
        return None
    host, _, port = typed.rpartition(":")
    try:
        address = str(ipaddress.ip_address(host.strip("[]") or "127.0.0.1"))
        return address, _number({"METRICS": port or "-"}, "METRICS", default=0, least=1, most=65535)
    except (ValueError, WrongSetting):
        raise WrongSetting(
            f"METRICS is {typed!r}; it must be a port, or an address and a port: 127.0.0.1:9100."
        ) from None


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    typed = env.get("DATABASE_URL", "").strip()
    url = typed or f"sqlite:///{data_dir / 'skileez.db'}"
    try:
        normalised(url)
        return url
    except ValueError as error:
        raise WrongSetting(f"DATABASE_URL cannot be used: {error}") from error


def _public_url(env: Mapping[str, str], host: str, port: int) -> str:
    typed = env.get("PUBLIC_URL", "").strip()
    if not typed:
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"
    try:
        # As browsers name it in Origin: small letters, no usual port, other scripts spelled out.
        url = ada_url.URL(typed)
        is_alone = (url.pathname, url.search, url.hash) == ("/", "", "") and "?" not in typed
        is_alone = is_alone and not (url.username or url.password)
    except ValueError:
        is_alone = False
    if not is_alone or url.protocol not in ("http:", "https:"):
        raise WrongSetting(
            f"PUBLIC_URL is {typed!r}; it must be the site's address alone,"
            " such as https://skileez.example."
        )
    return str(url.origin)


def _networks(env: Mapping[str, str], name: str) -> tuple[Network, ...]:
    typed = [part.strip() for part in env.get(name, "").split(",") if part.strip()]
    try:
        return tuple(ipaddress.ip_network(part) for part in typed)
    except ValueError as error:
        raise WrongSetting(
            f"{name} cannot be used: {error}. Name addresses or networks, separated by commas."
        ) from error


def _valkey_url(env: Mapping[str, str]) -> str:
    typed = env.get("VALKEY_URL", "").strip()
    try:
        parts = urlsplit(typed)
        schemes = ("valkey", "valkeys", "redis", "rediss", "unix")
        is_usable = parts.scheme in schemes and bool(
            parts.path if parts.scheme == "unix" else parts.hostname and parts.port
        )
    except ValueError:
        is_usable = False
    if typed and not is_usable:  # not repeated here: it may hold a password
        raise WrongSetting("VALKEY_URL must be like valkey://:password@host:6379/0.")
    if typed and find_spec("valkey") is None:
        raise WrongSetting("VALKEY_URL needs one more package: install skileez[valkey].")
    return typed


def _smtp_url(env: Mapping[str, str]) -> str:
    typed = env.get("SMTP_URL", "").strip()
    try:
        parts = urlsplit(typed)
        is_usable = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    if typed and not is_usable:  # not repeated here: it may hold a password
        raise WrongSetting("SMTP_URL must be like smtp://user:password@host:587, or smtps://.")
    return typed


def _mail_from(env: Mapping[str, str], public_url: str) -> str:
    host = urlsplit(public_url).hostname or ""
    place = f"[IPv6:{host}]" if ":" in host else host
    typed = env.get("MAIL_FROM", "").strip() or f"Skileez <no-reply@{place}>"
    if not _is_one_address(typed):
        raise WrongSetting(
            f"MAIL_FROM is {typed!r}; it must be one address,"
            " such as Skileez <no-reply@skileez.example>."
        )
    return typed


def _is_one_address(typed: str) -> bool:
    if not typed.isprintable():
        return False
    header = SMTP.header_factory("From", typed)
    addresses: Sequence[Address] = getattr(header, "addresses", ())
    if header.defects or len(addresses) != 1:
        return False
    spec = str(addresses[0].addr_spec)
    return spec.isascii() and bool(addresses[0].username and addresses[0].domain)
