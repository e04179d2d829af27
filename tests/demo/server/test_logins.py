"""The file of accounts, and how often somebody may guess."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest
from fastapi import HTTPException
from support import awaited

from demo.server import logins
from demo.server.logins import VISITOR, Accounts, network, read_users
from mimic.errors import InputError


@pytest.mark.parametrize(
    ("content", "users"),
    [
        (b"\xef\xbb\xbfada:pw\n", (("ada", "pw"),)),
        (b"  # ada: a comment\n\t#bob:pw\nada:pw", (("ada", "pw"),)),
        (b"ada :pw\r\n bob:p w\r\n", (("ada", "pw"), ("bob", "p w"))),
        (b"ada:a#b:c\n\n", (("ada", "a#b:c"),)),
        ("ada:p\u2028w\x0b\n".encode(), (("ada", "p\u2028w"),)),
    ],
)
def test_accounts_are_read_as_they_are_meant(
    content: bytes, users: tuple[tuple[str, str], ...], tmp_path: Path
) -> None:
    file = tmp_path / "users"
    file.write_bytes(content)
    assert read_users(file) == users


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ada:a\nada :b\n", "line 2 names 'ada' again"),
        (" :pw", "line 1 is not name:password"),
        ("ada: ", "line 1 is not name:password"),
        ("\ufeff# nobody", "names nobody"),
    ],
)
def test_accounts_that_cannot_be_used(content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError, match=said):
        read_users(file)


def test_guesses_are_counted_for_each_address_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logins, "DELAY", 0.0)
    accounts = Accounts([("ada", "pw")])

    async def guess(address: str, name: str, password: str) -> bool | int:
        VISITOR.set(address)
        try:
            return await accounts.check(name, password)
        except HTTPException as refused:
            return refused.status_code

    async def all_at_once() -> list[bool | int]:
        wrong = [guess("1.2.3.4", "ada", str(i)) for i in range(10)]
        return list(await asyncio.gather(*wrong))

    with caplog.at_level(logging.WARNING):
        assert awaited(all_at_once()) == [False] * logins.MOST_WRONG + [429] * 5
    assert "wrong name or password for 'ada' from 1.2.3.4" in caplog.text
    assert awaited(guess("1.2.3.4", "ada", "pw")) == 429
    assert awaited(guess("1.2.3.5", "ada", "pw")) is True
    assert awaited(guess("1.2.3.5", "eve", "-")) is False
    monkeypatch.setattr(logins, "WINDOW", -1.0)
    assert awaited(guess("1.2.3.4", "ada", "pw")) is True


def test_right_passwords_are_no_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = Accounts([("ada", "p\u00e4ss")])
    for _ in range(20):
        assert awaited(accounts.check("ada", "p\u00e4ss"))


def test_addresses_that_one_visitor_has_count_as_one() -> None:
    assert network("2001:db8::1") == network("2001:db8::ffff") != network("2001:db8:0:1::1")
    assert network("::ffff:10.0.0.1") == network("10.0.0.1") == "10.0.0.1"
