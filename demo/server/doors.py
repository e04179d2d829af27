"""Which addresses of the server there are. What the page does not use is closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

API = "/gradio_api"
UPLOAD = f"{API}/upload"
LOGIN = "/login"
FILE = f"{API}/file="
HEARTBEAT = f"{API}/heartbeat/"

#: What is open before the login: the form, what it is drawn with, and whether one is needed.
_ENTRANCE = {
    "/",
    LOGIN,
    "/logout",
    "/favicon.ico",
    "/manifest.json",
    "/robots.txt",
    "/theme.css",
    f"{API}/theme.css",
    f"{API}/user",
    f"{API}/login_check",
    f"{API}/startup-events",
    f"{API}/app_id",
}
_DRAWN_WITH = ("/assets/", "/static/", "/svelte/", "/pwa_icon")
#: What is open to those who may enter.
_INSIDE = {
    "/config",
    UPLOAD,
    f"{API}/upload_progress",
    f"{API}/info",
    f"{API}/openapi.json",
    f"{API}/cancel",
    f"{API}/reset",
    f"{API}/queue/join",
    f"{API}/queue/data",
    f"{API}/queue/status",
    f"{API}/mcp",
}
_BELOW = (FILE, HEARTBEAT, f"{API}/run/", f"{API}/api/", f"{API}/call/", f"{API}/mcp/")


def path_of(scope: Mapping[str, Any]) -> str:
    """The path of a request inside the page, without where a proxy serves it."""
    path, root = str(scope["path"]), str(scope.get("root_path") or "").rstrip("/")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def is_entrance(path: str) -> bool:
    """Whether everybody may go there."""
    return _bare(path) in _ENTRANCE or path.startswith(_DRAWN_WITH)


def is_door(path: str) -> bool:
    """Whether there is anything at a path."""
    return is_entrance(path) or _bare(path) in _INSIDE or path.startswith(_BELOW)


def _bare(path: str) -> str:
    return path.rstrip("/") or "/"
