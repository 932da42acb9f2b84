"""Accounts, passwords and sessions of one home; no Streamlit.

`access/accounts.json` says which account has which role and units, whoever checks the password: we
(argon2) or, if there is an `access/oidc.toml`, the county's provider. An account is a post, not a person.
Whoever has no account may have a role by what the provider says of him (`claims.py`).
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from threading import BoundedSemaphore, Lock
from typing import Any
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock
from itsdangerous import BadSignature, URLSafeTimedSerializer

from dashboards import claims, units
from dashboards.access import NARROW, ROLES, AccountError, Person
from warehouse.files import draft_beside, make_secret, replace_durably
from warehouse.settings import Home

BEIJING = ZoneInfo("Asia/Shanghai")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# A working day with overtime; whoever signs in at 08:00 is not asked again before evening.
SESSION_HOURS = 12
SESSION_SECONDS = SESSION_HOURS * 3600
SHORTEST_PASSWORD = 10
# Wrong passwords in a row before an account, or an address, has to wait, and how long at first and at most.
FREE_TRIES = {"account": 5, "address": 20}
FIRST_WAIT_SECONDS = 60
LONGEST_WAIT_SECONDS = 15 * 60
REMEMBERED = 10_000
NOT_SERVED = "看板没有启动；已在运行的，暂不放行任何人。"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,63}")
# One check takes 64 MiB and some tenths of a second: a flood of them must not take the machine.
HASHING = BoundedSemaphore(2)
HASHER = PasswordHasher()


@dataclass(frozen=True)
class Account:
    """A post that may sign in."""

    name: str
    role: str
    units: tuple[str, ...] = ()
    password_hash: str | None = None
    is_disabled: bool = False
    changed_at: str = ""

    @property
    def stamp(self) -> str:
        """Changes with the password, so that older sessions end."""
        return hashlib.sha256((self.password_hash or "").encode()).hexdigest()[:16]

    @property
    def person(self) -> Person:
        """Who looks, when this account is signed in."""
        return Person(self.name, self.role, self.units)


class DeniedError(AccountError):
    """Somebody signed in at the provider and may see nothing; the message says why, to him."""


@dataclass(frozen=True)
class Provider:
    """The county's OIDC provider; `claim` of its token is the account's name, `grants` are roles by others."""

    server_metadata_url: str
    client_id: str
    client_secret: str
    redirect_uri: str
    claim: str = "email"
    scope: str = "openid email profile"
    grants: tuple[claims.Grant, ...] = ()


def provider(home: Home) -> Provider | None:
    """What `access/oidc.toml` says; None without one."""
    path = home.access / "oidc.toml"
    if not path.exists():
        return None
    if path.stat().st_mode & 0o077:
        raise AccountError(f"{path} 含密钥，其他用户也能读。{NOT_SERVED}请运行 chmod 600 {path}。")
    try:
        # Notepad writes a mark before the first word.
        return _parsed(path.read_text(encoding="utf-8-sig"))
    except (ValueError, TypeError) as error:
        raise AccountError(
            f"{path} 无法读取（{error}）。{NOT_SERVED}文件用 UTF-8 保存，需要 server_metadata_url、"
            "client_id、client_secret、redirect_uri，可选 claim（默认 email）、scope；其后可有多个 "
            "[[role]]，各有 claim、value、role，乡镇和部门还要 units。"
        ) from error


# Asked at every query of every page.
@lru_cache(maxsize=2)
def _parsed(text: str) -> Provider:
    content = tomllib.loads(text)
    return Provider(grants=claims.read(content.pop("role", [])), **content)


def known(home: Home) -> dict[str, Account]:
    """Every account by its name; none if there is no file."""
    path = home.access / "accounts.json"
    if not path.exists():
        return {}
    return {
        name: Account(name, **(entry | {"units": tuple(entry["units"])}))
        for name, entry in json.loads(path.read_text(encoding="utf-8")).items()
    }


def mode(home: Home) -> str:
    """How people sign in here: `oidc`, `accounts`, or `local` (nobody has to, on this machine alone)."""
    if (home.access / "oidc.toml").exists():
        return "oidc"
    return "accounts" if (home.access / "accounts.json").exists() else "local"


def refusal(home: Home, host: str) -> str | None:
    """Why the dashboards may not be served to that address; None if they may.

    AccountError if the provider's settings cannot be used.
    """
    settings = provider(home)
    for grant in settings.grants if settings else ():
        try:
            units.codes_of(home, grant.units, "看板没有启动；已在运行的，只有这一组不放行。")
        except AccountError as error:
            raise AccountError(f"{home.access / 'oidc.toml'}，{grant.source}：{error}") from error
    if mode(home) == "local" and host not in LOOPBACK:
        return (
            f"没有设置登录，不能在 {host} 上开放看板：任何连得上的人都会看到全部数据。看板没有启动。"
            "请先用 minewatch accounts add 建立账号，或写好 access/oidc.toml；"
            "只在本机使用时不要写 --host。"
        )
    return None


@contextmanager
def changing(home: Home) -> Iterator[dict[str, Account]]:
    """The accounts, to be changed; written whole when the block ends well, by one writer at a time."""
    home.prepare_access()
    with FileLock(home.access / ".lock", mode=0o600):
        accounts = known(home)
        yield accounts
        plain = {name: asdict(account) for name, account in sorted(accounts.items())}
        for entry in plain.values():
            del entry["name"]
        write_secretly(home, "accounts.json", plain)


def write_secretly(home: Home, name: str, content: Any) -> None:
    """A JSON file below `access/` that only the owner may read, whole or not at all."""
    target = home.access / name
    draft = draft_beside(target)
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    replace_durably(draft, target)


def one_of(accounts: Mapping[str, Account], name: str) -> Account:
    """The account of that name; AccountError if there is none."""
    if name not in accounts:
        raise AccountError(f"没有账号 {name}。没有改动。用 minewatch accounts list 查看全部账号。")
    return accounts[name]


def checked(account: Account) -> Account:
    """The account, if it may be like this."""
    if not NAME.fullmatch(account.name):
        raise AccountError(
            f"账号 {account.name} 不合要求。没有改动。"
            "请用岗位名，2～64 个英文字母、数字或 . _ @ -，不要用姓名和手机号。"
        )
    if account.role not in ROLES:
        raise AccountError(f"没有角色 {account.role}。没有改动。可用：{'、'.join(ROLES)}。")
    if account.role in NARROW and not account.units:
        raise AccountError(
            f"角色 {account.role} 只看本单位的数据，必须写明单位。没有改动。请加 --unit 代码。"
        )
    if account.role not in NARROW and account.units:
        raise AccountError(f"角色 {account.role} 不按单位限制。没有改动。请去掉 --unit。")
    return replace(account, changed_at=f"{datetime.now(BEIJING):%Y-%m-%d %H:%M}")


def hashed(account: str, password: str) -> str:
    """What is kept of a password; AccountError if it is too weak."""
    if len(password) < SHORTEST_PASSWORD or password.lower() == account.lower():
        raise AccountError(f"密码太短或与账号相同。没有改动。请至少用 {SHORTEST_PASSWORD} 个字符。")
    return HASHER.hash(password)


def add(home: Home, name: str, role: str, units: tuple[str, ...], password: str | None) -> None:
    """A new account; without a password only the provider can let it in."""
    account = checked(Account(name, role, units))
    with changing(home) as accounts:
        if name in accounts:
            raise AccountError(f"账号 {name} 已存在。没有改动。")
        password_hash = None if password is None else hashed(name, password)
        accounts[name] = replace(account, password_hash=password_hash)


def set_role(home: Home, name: str, role: str, units: tuple[str, ...]) -> None:
    """Another role, other units; shown at the next click."""
    with changing(home) as accounts:
        accounts[name] = checked(replace(one_of(accounts, name), role=role, units=units))


def set_password(home: Home, name: str, password: str) -> None:
    """Another password; sessions of the old one end."""
    with changing(home) as accounts:
        account = one_of(accounts, name)
        accounts[name] = checked(replace(account, password_hash=hashed(name, password)))


def set_disabled(home: Home, name: str, is_disabled: bool) -> None:
    """Shut an account, or open it again; its sessions end at the next click."""
    with changing(home) as accounts:
        accounts[name] = checked(replace(one_of(accounts, name), is_disabled=is_disabled))


def allowed(home: Home, name: str) -> Account | None:
    """The account, unless there is none or it is shut."""
    account = known(home).get(name)
    return None if account is None or account.is_disabled else account


def entitled(home: Home, name: str, told: Mapping[str, Any]) -> Person:
    """Who that is here whom the provider calls by that name and says this of; DeniedError if nobody.

    An account comes first, a shut one too. Of roles by claims nobody has two: which of them is meant,
    only an account can say.
    """
    accounts = known(home)
    if name in accounts:
        if accounts[name].is_disabled:
            raise DeniedError("账号已停用")
        return accounts[name].person
    # Another spelling of a shut account does not come in by its groups.
    if name.strip().casefold() in {one.casefold() for one in accounts}:
        raise DeniedError("与登记的账号大小写不同")
    settings = provider(home)
    grants = settings.grants if settings else ()
    found = claims.matching(grants, told)
    if len({grant.role for grant in found}) > 1:
        listed = "；".join(f"{grant.source} 为{ROLES[grant.role]}" for grant in found)
        raise DeniedError(f"对应多个角色（{listed}），须由运维人员登记账号或调整所在的组")
    if not found:
        looked_at = {one.claim: "、".join(claims.values(told, one.claim)) for one in grants}
        listed = "；".join(f"{claim}：{text or '无'}" for claim, text in looked_at.items())
        raise DeniedError("没有分配角色" + (f"（认证给出的 {listed}）" if listed else ""))
    try:
        codes = units.codes_of(home, [unit for grant in found for unit in grant.units], "")
    except AccountError as error:
        raise DeniedError(f"登记的单位无法核对（{error}）") from error
    return Person(name, found[0].role, codes)


class Attempts:
    """Wrong passwords of late, by account and by address: each further one costs a longer wait.

    Kept in memory: whoever can restart the server needs no password.
    """

    def __init__(self) -> None:
        self.failures: dict[tuple[str, str], tuple[int, float]] = {}
        self.lock = Lock()

    def wait_seconds(self, account: str, address: str, now: float) -> int:
        """How long nobody may try again; 0 if now."""
        with self.lock:
            waits = [self.wait_of(key, now) for key in self.keys(account, address)]
        return max(waits)

    def keys(self, account: str, address: str) -> tuple[tuple[str, str], ...]:
        """What a try is counted under."""
        return ("account", account[:64]), ("address", address)

    def wait_of(self, key: tuple[str, str], now: float) -> int:
        """The wait that one of them has still to serve."""
        count, last = self.failures.get(key, (0, 0.0))
        over = count - FREE_TRIES[key[0]]
        if over < 0:
            return 0
        wait = min(FIRST_WAIT_SECONDS * 2 ** min(over, 10), LONGEST_WAIT_SECONDS)
        return max(0, round(last + wait - now))

    def failed(self, account: str, address: str, now: float) -> None:
        """Count one more; what is older than an hour of silence is forgotten first."""
        with self.lock:
            for key in self.keys(account, address):
                count, last = self.failures.pop(key, (0, now))
                self.failures[key] = (count + 1 if now - last < 3600 else 1, now)
            while len(self.failures) > REMEMBERED:
                self.failures.pop(next(iter(self.failures)))

    def succeeded(self, account: str) -> None:
        """The right password: this account begins anew."""
        with self.lock:
            self.failures.pop(("account", account[:64]), None)


@cache
def nobody() -> str:
    """What whoever has no account, or none with a password, is checked against: it takes as long."""
    return HASHER.hash(secrets.token_hex(16))


def password_fits(home: Home, name: str, password: str) -> bool:
    """Whether an open account has this password; takes the same time for an unknown account."""
    account = allowed(home, name)
    kept = account.password_hash if account else None
    with HASHING:
        try:
            HASHER.verify(kept or nobody(), password[:1024])
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def key(home: Home) -> str:
    """The key that signs cookies, made on first use; who has it can be anybody."""
    path = home.prepare_access() / "session.key"
    make_secret(path)
    return path.read_text().strip()


def signer(home: Home) -> URLSafeTimedSerializer:
    """Signs and dates what a cookie says."""
    return URLSafeTimedSerializer(key(home), salt="minewatch session")


def start_session(home: Home, name: str) -> str:
    """The cookie of a new session."""
    account = known(home)[name]
    return signer(home).dumps([name, account.stamp, secrets.token_hex(8)])


def session(home: Home, cookie: str | None) -> tuple[Account, str] | None:
    """Whose session the cookie is, and its number; None if it is forged, too old, ended, or shut."""
    if not cookie:
        return None
    try:
        name, stamp, number = signer(home).loads(cookie, max_age=SESSION_SECONDS)
    except (BadSignature, ValueError):
        return None
    account = allowed(home, name)
    if account is None or account.stamp != stamp or number in ended(home):
        return None
    return account, number


def ended(home: Home) -> dict[str, float]:
    """Sessions that were signed out, and when."""
    path = home.access / "ended_sessions.json"
    return json.loads(path.read_text()) if path.exists() else {}


def end_session(home: Home, number: str) -> None:
    """The cookie is worth nothing from now on, wherever a copy of it lies."""
    now = time.time()
    with FileLock(home.access / ".lock", mode=0o600):
        kept = {one: at for one, at in ended(home).items() if now - at < SESSION_SECONDS}
        write_secretly(home, "ended_sessions.json", kept | {number: now})
