"""Which names the page answers to, and which requests are another web site's."""

from __future__ import annotations

import pytest

from demo.server.hosts import Hosts, checked_name, name_of
from mimic.errors import InputError

HERE = "127.0.0.1"
CLICK = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.mark.parametrize(
    ("authority", "name"),
    [
        ("localhost:7860", "localhost"),
        ("LocalHost", "localhost"),
        ("page.example.org.", "page.example.org"),
        ("[::1]:7860", "::1"),
        ("[0:0:0:0:0:0:0:1]", "::1"),
        ("[::ffff:127.0.0.1]:1", "127.0.0.1"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("", None),
        ("localhost:", None),
        ("localhost:99999", None),
        ("localhost:80:80", None),
        ("a@localhost", None),
        ("local host", None),
        ("localhost/x", None),
        ("[::1", None),
    ],
)
def test_a_name_is_read_from_a_header(authority: str, name: str | None) -> None:
    assert name_of(authority) == name


@pytest.mark.parametrize(
    ("listening", "allowed", "here", "host", "answers"),
    [
        ("127.0.0.1", "", HERE, "127.0.0.1:7860", True),
        ("127.0.0.1", "", HERE, "localhost:1", True),
        ("127.0.0.1", "", HERE, "127.3.2.1", True),
        ("127.0.0.1", "", HERE, "[::1]:7860", True),
        ("127.0.0.1", "", HERE, "evil.example", False),
        ("127.0.0.1", "", HERE, "localhost.evil.example", False),
        ("127.0.0.1", "", HERE, "127.0.0.1.evil.example", False),
        ("127.0.0.1", "", HERE, "192.168.1.5", False),
        ("127.0.0.1", "", HERE, "2130706433", False),
        ("127.0.0.1", "", HERE, "", False),
        ("127.0.0.1", "page.example.org", HERE, "PAGE.example.org.:443", True),
        ("127.0.0.1", "page.example.org", HERE, "a.page.example.org", False),
        ("0.0.0.0", "", "192.168.1.5", "192.168.1.5:7860", True),
        ("0.0.0.0", "", "192.168.1.5", "192.168.1.6:7860", False),
        ("0.0.0.0", "", "192.168.1.5", "evil.example", False),
        ("0.0.0.0", "", "192.168.1.5", "localhost", True),
        ("[::]", "", "fd00::2", "[fd00:0::2]:7860", True),
        ("[::]", "", "::ffff:10.0.0.2", "10.0.0.2", True),
        ("[::]", "", "fd00::2", "[fd00::3]", False),
        ("[::1]", "", "::1", "[::1]:7860", True),
        ("machine.lan", "", "10.0.0.2", "Machine.LAN:7860", True),
        ("10.0.0.2", "", "10.0.0.2", "10.0.0.2", True),
    ],
)
def test_only_own_and_allowed_names_are_answered(
    listening: str, allowed: str, here: str, host: str, answers: bool
) -> None:
    hosts = Hosts(listening, [allowed] if allowed else [])
    assert (hosts.refusal({"host": host}, here, False) is None) == answers


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-gradio-server"])
@pytest.mark.parametrize(
    "value", ["evil.example", "https://evil.example/", "localhost, evil.example"]
)
def test_what_a_proxy_says_is_a_name_too(header: str, value: str) -> None:
    headers = {"host": "localhost", header: value}
    refusal = Hosts().refusal(headers, HERE, True)
    assert refusal is not None and "evil.example" in refusal and "--allow-host" in refusal
    assert Hosts(allowed=["evil.example"]).refusal(headers, HERE, True) is None


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),  # a program
        ({"origin": "http://localhost:7860"}, True),
        ({"origin": "HTTP://LOCALHOST:7860"}, False),  # no browser writes it so
        ({"origin": "http://localhost:3000"}, False),
        ({"origin": "http://127.0.0.1:7860"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "file://"}, False),
        ({"origin": "chrome-extension://abc"}, False),
        ({"origin": "http://localhost:7860.evil.example"}, False),
        ({"origin": "https://page.example.org"}, True),
        ({"origin": "https://page.example.org", "x-forwarded-host": "page.example.org"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", **CLICK}, False),
        ({"sec-fetch-site": "anything"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://localhost:7860"}, False),
    ],
)
def test_another_site_is_refused(headers: dict[str, str], passes: bool) -> None:
    hosts = Hosts(allowed=["page.example.org"])
    headers = {"host": "localhost:7860", **headers}
    assert (hosts.refusal(headers, HERE, False) is None) == passes


def test_a_link_elsewhere_may_open_the_page() -> None:
    headers = {"host": "localhost", "sec-fetch-site": "cross-site"}
    assert Hosts().refusal({**headers, **CLICK}, HERE, True) is None
    for other in ({}, CLICK | {"sec-fetch-dest": "iframe"}, CLICK | {"sec-fetch-mode": "cors"}):
        assert Hosts().refusal({**headers, **other}, HERE, True) is not None


def test_a_default_port_is_a_port() -> None:
    headers = {"host": "page.example.org", "origin": "https://page.example.org:443"}
    assert Hosts("page.example.org").refusal(headers, HERE, False) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("Page.Example.org", "page.example.org"), ("::1", "::1"), ("[::1]", "::1"), ("a:80", "a")],
)
def test_a_name_may_be_allowed(text: str, name: str) -> None:
    assert checked_name(text) == name


@pytest.mark.parametrize("text", ["", "*", "https://page.example.org", "a/b", "a b", "-a", "a,b"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--allow-host"):
        checked_name(text)
