"""What every request passes before Gradio sees it, and what every answer carries."""

from __future__ import annotations

from typing import Any

from gradio.routes import App as GradioApp
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from demo.server.doors import FILE, is_door, is_entrance, path_of
from demo.server.hosts import Hosts
from demo.server.limits import App, Message, Receive, Send, refuse
from demo.server.logins import VISITOR, network
from demo.server.uploads import REFUSAL, is_upload

#: Gradio's page has scripts and styles in its own text, and makes functions of texts.
_POLICY = (
    "default-src 'self'{cdn}; script-src 'self' 'unsafe-inline' 'unsafe-eval'{cdn}; "
    "style-src 'self' 'unsafe-inline'{cdn}; img-src 'self' data: blob:{cdn}; "
    "media-src 'self' data: blob:; font-src 'self' data:{cdn}; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
#: Where the page of a public link takes its scripts from.
_CDN = " https://gradio.s3-us-west-2.amazonaws.com"


class Entrance:
    """ASGI middleware around everything: whose host, whose page, which door, which visitor.

    Args:
        server: knows the accounts' tokens.
        hosts: the names that the page answers to.
        share: whether there is a public link.
    """

    def __init__(self, app: App, server: GradioApp, hosts: Hosts, share: bool) -> None:
        self._app, self._server, self._hosts = app, server, hosts
        self._headers = {
            "Content-Security-Policy": _POLICY.format(cdn=_CDN if share else ""),
            "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Hands the request on, or refuses it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})  # the page has none
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, user = Headers(scope=scope), self._user(scope)
        client = scope.get("client") or ("",)
        VISITOR.set(user or network(client[0]))
        secure = _is_secure(scope, headers)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message.setdefault("headers", [])
                answer = MutableHeaders(scope=message)
                answer.update(self._headers)
                message["headers"] = _strict(message["headers"], secure)
            await send(message)

        refusal = self._refusal(scope, headers, user)
        if refusal:
            await refuse(dressed, *refusal)
        else:
            await self._app(scope, receive, dressed)

    def _refusal(
        self, scope: Message, headers: Headers, user: str | None
    ) -> tuple[int, str] | None:
        """Status and reason, before anything of the body is read."""
        path = path_of(scope)
        entrance = path == "/" and scope["method"] in ("GET", "HEAD")
        here = str((scope.get("server") or ("",))[0])
        if why := self._hosts.refusal(headers, here, entrance):
            return 403, why
        if self._server.auth is not None and user is None and not is_entrance(path):
            return 401, "Not authenticated"
        if not is_door(path):
            return 404, "there is nothing here"
        if path.startswith(FILE) and not is_upload(path.removeprefix(FILE)):
            return 403, REFUSAL
        return None

    def _user(self, scope: Message) -> str | None:
        """The account whose token the request has."""
        cookies = Request(scope).cookies
        for kind in ("", "unsecure-"):
            token = cookies.get(f"access-token-{kind}{self._server.cookie_id}")
            if token in self._server.tokens:
                return str(self._server.tokens[token])
        return None


def _is_secure(scope: Message, headers: Headers) -> bool:
    """Whether the visitor's browser speaks TLS, to this server or to the proxy before it."""
    proxied = headers.get("x-forwarded-proto", "").split(",")[0].strip()
    return bool((proxied or scope.get("scheme")) == "https")


def _strict(headers: Any, secure: bool) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with cookies that stay on this site.

    Gradio sets one cookie for TLS and one for plain HTTP; only that of the connection is let out.
    """
    kept = []
    for name, value in headers:
        if name.lower() == b"set-cookie":
            cookie, *attributes = (part.strip() for part in value.split(b";"))
            if cookie.startswith(b"access-token-unsecure-") == secure and b'=""' not in cookie:
                continue
            stays = [a for a in attributes if not a.lower().startswith((b"samesite", b"secure"))]
            strict = [b"SameSite=Strict", *([b"Secure"] if secure else [])]
            value = b"; ".join([cookie, *stays, *strict])
        kept.append((name, value))
    return kept
