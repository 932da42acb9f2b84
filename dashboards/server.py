"""The web server of the dashboards: Streamlit, and before it the sign-in page of local accounts.

`minewatch serve` starts it: `python -m dashboards.server --host 127.0.0.1 --port 8501`.
"""

from __future__ import annotations

import argparse
import html
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlparse

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette import App

from dashboards import access_log, accounts
from dashboards.visitor import COOKIE, LINEAGE, SIGN_IN, SIGN_OUT, office
from warehouse.settings import Home
from warehouse.versions import current

SCRIPT = Path(__file__).with_name("app.py")
OPEN = (SIGN_IN, SIGN_OUT, "/_stcore/health")
LONGEST_FORM = 8_192
# Nothing but this page's own words and looks; no frame around it, no other place for the password.
GUARDS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录 · 打击非法采矿监管</title>
<style>
body {{ margin: 0; background: #f4f6f3; color: #1f2937; font: 16px/1.6 'Noto Sans CJK SC',
  'Noto Sans SC', 'Microsoft YaHei', 'PingFang SC', sans-serif; }}
main {{ max-width: 22rem; margin: 12vh auto 0; padding: 2rem; background: #fff;
  border: 1px solid #d6dcd3; border-radius: 6px; }}
h1 {{ font-size: 1.35rem; margin: 0; }}
label {{ display: block; margin-top: 1rem; }}
input, button {{ box-sizing: border-box; width: 100%; font: inherit; padding: .5rem .75rem;
  border-radius: 6px; border: 1px solid #9aa59a; }}
button {{ margin-top: 1.5rem; background: #14532d; border-color: #14532d; color: #fff; }}
p {{ margin: .25rem 0 0; color: #4b5563; font-size: .9rem; }}
.error {{ margin-top: 1rem; padding: .5rem .75rem; background: #fef2f2; color: #991b1b;
  border-radius: 6px; }}
@media (max-width: 480px) {{ main {{ margin: 0; min-height: 100vh; border: 0; }} }}
</style>
</head>
<body>
<main>
<h1>打击非法采矿监管</h1>
<p>{county}</p>
{error}
<form method="post" action="{action}">
<label>账号<input name="account" autocomplete="username" required autofocus maxlength="64"></label>
<label>密码<input name="password" type="password" autocomplete="current-password" required
  maxlength="1024"></label>
<button>登录</button>
</form>
<p>登录后 {hours} 小时内有效，关闭浏览器后仍然有效；公用电脑请用完退出。</p>
<p>没有账号或忘记密码，请联系{office}。</p>
</main>
</body>
</html>
"""


def local_path(text: str) -> str:
    """Where to go after signing in: a page of ours, whatever the address said."""
    parts = urlparse(text)
    is_ours = text.startswith("/") and not parts.scheme and not parts.netloc and "\\" not in text
    return text if is_ours and not text.startswith(("//", *OPEN)) else "/"


def address_of(request: HTTPConnection) -> str:
    """Who tries, as far as the connection tells."""
    return request.client.host if request.client else ""


def form(home: Home, target: str, error: str = "", status: int = 200) -> Response:
    """The sign-in page."""
    try:
        county = home.settings().county_name
    except Exception:  # noqa: BLE001  a home without settings still has a door
        county = ""
    content = PAGE.format(
        county=html.escape(county),
        office=html.escape(office(home)),
        error=f'<div class="error" role="alert">{html.escape(error)}</div>' if error else "",
        action=html.escape(f"{SIGN_IN}?{urlencode({'next': target})}"),
        hours=accounts.SESSION_HOURS,
    )
    return HTMLResponse(content, status, headers=GUARDS)


class Door:
    """Signing in and out with a local account."""

    def __init__(self, home: Home):
        self.home = home
        self.attempts = accounts.Attempts()

    async def show(self, request: Request) -> Response:
        """The empty form; whoever is signed in already goes on."""
        target = local_path(request.query_params.get("next", "/"))
        if accounts.session(self.home, request.cookies.get(COOKIE)):
            return RedirectResponse(target, 303)
        return form(self.home, target)

    async def enter(self, request: Request) -> Response:
        """Check the password; the right one gets a cookie that scripts cannot read."""
        origin = request.headers.get("origin")
        if origin and urlparse(origin).netloc != request.headers.get("host"):
            return PlainTextResponse("请从本站的登录页登录。", 403)
        sent = await read(request)
        if sent is None:
            return PlainTextResponse("登录请求过长。", 413)
        name, password = sent.get("account", "").strip(), sent.get("password", "")
        target = local_path(request.query_params.get("next", "/"))
        wait = self.attempts.wait_seconds(name, address_of(request), time.time())
        if wait:
            text = f"错误次数过多，请 {wait // 60 + 1} 分钟后再试。"
            return form(self.home, target, text, 429)
        # Counted before it is checked: tries that come together must not all count as the first.
        self.attempts.failed(name, address_of(request), time.time())
        if not await run_in_threadpool(accounts.password_fits, self.home, name, password):
            known = name if name in accounts.known(self.home) else "（未知账号）"
            access_log.record(self.home, "sign_in_failed", known)
            return form(self.home, target, "账号或密码不正确。", 401)
        self.attempts.succeeded(name)
        account = accounts.known(self.home)[name]
        access_log.record(self.home, "sign_in", name, account.role)
        response = RedirectResponse(target, 303)
        response.set_cookie(
            COOKIE,
            accounts.start_session(self.home, name),
            max_age=accounts.SESSION_SECONDS,
            httponly=True,
            samesite="lax",
            secure=is_encrypted(request),
        )
        return response

    async def leave(self, request: Request) -> Response:
        """End the session here, not only in this browser."""
        found = accounts.session(self.home, request.cookies.get(COOKIE))
        if found:
            account, number = found
            accounts.end_session(self.home, number)
            access_log.record(self.home, "sign_out", account.name, account.role)
        response = RedirectResponse(SIGN_IN, 303)
        response.delete_cookie(COOKIE)
        return response


async def read(request: Request) -> Mapping[str, str] | None:
    """The fields of a short form; None if it is not short."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_FORM:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"))
    return {name: values[0] for name, values in fields.items()}


def is_encrypted(request: HTTPConnection) -> bool:
    """Whether the browser came by https, to us or to a proxy before us."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))


class Gate:
    """Nothing of Streamlit, not even its socket, answers whoever is not signed in."""

    def __init__(self, app: ASGIApp, home: Home):
        self.app = app
        self.home = home

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, send to the sign-in page, or refuse."""
        if scope["type"] not in ("http", "websocket") or scope["path"] in OPEN:
            return await self.app(scope, receive, send)
        request = HTTPConnection(scope)
        if accounts.session(self.home, request.cookies.get(COOKIE)):
            return await self.app(scope, receive, send)
        if scope["type"] == "websocket":
            await receive()
            return await send({"type": "websocket.close", "code": 1008})
        if scope["method"] == "GET" and "text/html" in request.headers.get("accept", ""):
            query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
            target = quote(local_path(scope["path"] + query), safe="")
            answer: Response = RedirectResponse(f"{SIGN_IN}?next={target}", 303)
        else:
            answer = PlainTextResponse("请先登录。", 401)
        return await answer(scope, receive, send)


# dbt's page brings its own scripts and fetches nothing; nothing it asks for may leave this machine.
LINEAGE_GUARD = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:"


def lineage(home: Home) -> Route:
    """The model documentation of the published version, as dbt draws it."""

    def show(request: Request) -> Response:
        version = current(home)
        page = home.lineage(version.id) if version else None
        if page is None or not page.exists():
            return PlainTextResponse(
                "当前版本还没有生成表结构文档。请在服务器上运行 minewatch docs。", 404
            )
        return FileResponse(page, headers={"Content-Security-Policy": LINEAGE_GUARD})

    return Route(LINEAGE, show, methods=["GET"])


def application(home: Home) -> App:
    """Streamlit as this home wants people to sign in."""
    mode = accounts.mode(home)
    if mode == "oidc":
        settings = accounts.provider(home)
        assert settings is not None
        secrets = {
            "redirect_uri": settings.redirect_uri,
            "cookie_secret": accounts.key(home),
            "client_id": settings.client_id,
            "client_secret": settings.client_secret,
            "server_metadata_url": settings.server_metadata_url,
            "client_kwargs": {"scope": settings.scope},
        }
        return App(SCRIPT, secrets={"auth": secrets})
    if mode == "accounts":
        door = Door(home)
        return App(
            SCRIPT,
            routes=[
                lineage(home),
                Route(SIGN_IN, door.show, methods=["GET"]),
                Route(SIGN_IN, door.enter, methods=["POST"]),
                Route(SIGN_OUT, door.leave, methods=["GET"]),
            ],
            middleware=[Middleware(Gate, home=home)],
        )
    return App(SCRIPT, routes=[lineage(home)])


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)
    chosen = parser.parse_args()
    home = Home.open()
    if message := accounts.refusal(home, chosen.host):
        sys.exit(message)
    application(home).run(
        config={
            "server.address": chosen.host,
            "server.port": chosen.port,
            "server.headless": True,
        }
    )


if __name__ == "__main__":
    main()
