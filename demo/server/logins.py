"""Who may enter, and how often somebody may guess."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import logging
import time
from collections import deque
from collections.abc import Iterable
from contextvars import ContextVar
from pathlib import Path

from fastapi import HTTPException

from mimic.errors import InputError

log = logging.getLogger(__name__)

#: Whose request is answered: the name of the account, else the network address.
VISITOR: ContextVar[str] = ContextVar("VISITOR", default="")
#: Wrong answers of one address in so many seconds; then none is heard.
MOST_WRONG, WINDOW = 5, 60.0
#: Seconds that a wrong answer waits.
DELAY = 1.0
#: Addresses that are remembered.
MOST_ADDRESSES = 10_000


def read_users(file: Path) -> tuple[tuple[str, str], ...]:
    """Names and passwords from a file with a line `name:password` for each; `#` is a comment.

    Raises:
        InputError: it cannot be read, a line is no such pair or names somebody again, or there is
            none.
    """
    try:
        lines = file.read_text("utf-8-sig").split("\n")
    except FileNotFoundError:
        raise InputError(f"--auth {file}: no such file") from None
    except (OSError, UnicodeDecodeError):
        raise InputError(f"--auth {file}: cannot be read as a text file") from None
    users: dict[str, str] = {}
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            continue
        name, _, password = line.partition(":")
        name = name.strip()
        if not (name and password):
            raise InputError(f"--auth {file}: line {number} is not name:password")
        if name in users:
            raise InputError(f"--auth {file}: line {number} names {name!r} again")
        users[name] = password
    if not users:
        raise InputError(f"--auth {file}: names nobody; write a line name:password")
    return tuple(users.items())


def network(address: str) -> str:
    """An address, or of IPv6 the network that one visitor has to themselves."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and not found.ipv4_mapped:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)


class Accounts:
    """Names and passwords; wrong guesses wait, are counted for each address, and are logged."""

    def __init__(self, users: Iterable[tuple[str, str]]) -> None:
        self._passwords = dict(users)
        self._guesses: dict[str, deque[float]] = {}

    async def check(self, name: str, password: str) -> bool:
        """Whether this name has this password.

        Raises:
            HTTPException: 429, the address has guessed too often.
        """
        address, guesses = VISITOR.get(), self._recent(VISITOR.get())
        if len(guesses) >= MOST_WRONG:
            log.warning("login: no more guesses from %s for %.0f s", address, WINDOW)
            raise HTTPException(
                429, "too many wrong passwords: wait a minute", {"Retry-After": f"{WINDOW:.0f}"}
            )
        guesses.append(time.monotonic())  # before the answer: guesses may come side by side
        known = self._passwords.get(name)
        same = hmac.compare_digest(_bytes(password), _bytes(known or "-"))
        if known is not None and same:
            guesses.pop()
            return True
        log.warning("login: wrong name or password for %.60r from %s", name, address)
        await asyncio.sleep(DELAY)
        return False

    def _recent(self, address: str) -> deque[float]:
        """The times of an address's wrong guesses."""
        now = time.monotonic()
        if address not in self._guesses and len(self._guesses) >= MOST_ADDRESSES:
            self._guesses.pop(next(iter(self._guesses)))
        guesses = self._guesses.setdefault(address, deque())
        while guesses and now - guesses[0] > WINDOW:
            guesses.popleft()
        return guesses


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
