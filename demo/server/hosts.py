"""Under which names the page answers, and which requests another web site made.

A web site can lead its own name to this machine (DNS rebinding) or send requests from a visitor's
browser; neither may reach the page.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping

from mimic.errors import InputError

#: `name`, `name:port`, `[address]` or `[address]:port`.
_AUTHORITY = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^\[\]:/?#@\s]+)(?::(?P<port>\d{1,5}))?", re.I)
_NAME = re.compile(r"(?!-)[\w-]+(?:\.[\w-]+)*")
#: Addresses that stand for all of this machine's.
EVERYWHERE = ("0.0.0.0", "::")
_PORTS = {"http": "80", "https": "443"}
#: What a reverse proxy says of the address that the visitor typed; Gradio believes it.
_FORWARDED = ("x-forwarded-host", "x-gradio-server")


def name_of(authority: str) -> str | None:
    """The name in `name:port` in small letters, an address in its shortest form; `None` for none.

    A full stop at the end and the brackets of an IPv6 address are left out.
    """
    found = _AUTHORITY.fullmatch(authority.strip())
    if found is None or int(found["port"] or 0) > 65535:
        return None
    name = found["name"].strip("[]").lower().removesuffix(".")
    return _address(name) or name or None


def _address(text: str) -> str | None:
    """An IP address in its shortest form, without the interface; `None` if it is none."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(found, "ipv4_mapped", None) or found)


def checked_name(text: str) -> str:
    """What `--allow-host` names.

    Raises:
        InputError: it is no name or address.
    """
    name = _address(text.strip()) or name_of(text)
    if name is None or not (_address(name) or _NAME.fullmatch(name)):
        raise InputError(
            f"--allow-host {text}: write a name or an address alone, as in the browser's address "
            "field: page.example.org"
        )
    return name


class Hosts:
    """The names that the page answers to: this machine's own, the listening one, allowed ones.

    Args:
        listening: address of `--host`.
        allowed: names of `--allow-host`, under which a reverse proxy may serve the page.
    """

    def __init__(self, listening: str = "127.0.0.1", allowed: Iterable[str] = ()) -> None:
        self._listening = _address(listening.strip("[]")) or name_of(listening)
        self._allowed = set(allowed)

    def allow(self, name: str) -> None:
        """Adds a name that is known only later, that of a public link."""
        self._allowed.add(name)

    def refusal(self, headers: Mapping[str, str], here: str, entrance: bool) -> str | None:
        """Why a request is refused; `None` when it is not.

        Args:
            headers: of the request, under small letters.
            here: address of this machine that the request arrived at.
            entrance: whether it only opens the page, which a link elsewhere may do.
        """
        asked = [headers.get("host", "")]
        for header in _FORWARDED:
            asked += headers[header].split(",") if header in headers else []
        for authority in asked:
            name = name_of(authority.partition("://")[2].split("/")[0] or authority)
            if name is None or not self._answers_to(name, here):
                shown = (name or authority)[:100]
                return f"this page does not answer to {shown!r}: start it with --allow-host NAME"
        if self._is_foreign(headers) and not (entrance and _is_click(headers)):
            return "another web site made this request: open the page itself"
        return None

    def _answers_to(self, name: str, here: str) -> bool:
        if name in self._allowed or name in ("localhost", self._listening):
            return True
        address = _address(name)
        if address is None:
            return False
        everywhere = self._listening in EVERYWHERE
        return ipaddress.ip_address(address).is_loopback or (everywhere and name == _address(here))

    def _is_foreign(self, headers: Mapping[str, str]) -> bool:
        """Whether the browser says that it comes from elsewhere; a program says nothing."""
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site not in ("same-origin", "none")
        if "origin" not in headers:
            return False
        scheme, _, authority = headers["origin"].partition("://")
        name = name_of(authority)
        if name is None or scheme not in _PORTS:
            return True
        asked = [headers.get("host", ""), *headers.get("x-forwarded-host", "").split(",")]
        own = {(name_of(host), _port(host, scheme)) for host in asked}
        return (name, _port(authority, scheme)) not in own and name not in self._allowed


def _is_click(headers: Mapping[str, str]) -> bool:
    """Whether a link was followed: that shows the page to its visitor and to nobody else."""
    return (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == (
        "navigate",
        "document",
    )


def _port(authority: str, scheme: str) -> str:
    found = _AUTHORITY.fullmatch(authority.strip())
    return (found and found["port"]) or _PORTS[scheme]
