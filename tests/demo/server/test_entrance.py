"""What the page does with requests of strangers: a real server, asked over plain HTTP."""

from __future__ import annotations

import json
import re
import signal
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from support.fake_page import BORDER, FORM, JSON, Answer, Server, fake_page, form, part

from demo.server.limits import MOST_BODY, MOST_FILE, MOST_FILES, MOST_UPLOAD
from demo.server.run_folder import PREFIX
from demo.server.uploads import REFUSAL

META = {"meta": {"_type": "gradio.FileData"}}
USER = ("ada", "pw")
SAID = REFUSAL[:1].upper() + REFUSAL[1:]


@pytest.fixture(scope="module")
def temp(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temp")


@pytest.fixture(scope="module")
def server(temp: Path) -> Iterator[Server]:
    with fake_page("--allow-host", "page.example.org", temp=temp / "open") as started:
        yield started


@pytest.fixture(scope="module")
def closed(temp: Path) -> Iterator[Server]:
    """A page with a login."""
    (temp / "users").write_text(":".join(USER))
    with fake_page("--auth", str(temp / "users"), temp=temp / "closed") as started:
        yield started


@pytest.fixture(scope="module")
def inside(closed: Server) -> dict[str, str]:
    """The header of somebody who is logged in."""
    return closed.logged_in(*USER)


# --- files of the server ---------------------------------------------------------------------


def file_fields(config: Any) -> list[tuple[dict[str, Any], list[Any], int]]:
    """Each input of each handler that takes a file: the handler, its values, and the place."""
    components = {component["id"]: component for component in config["components"]}
    found = []
    for handler in config["dependencies"]:
        if not handler["backend_fn"]:
            continue
        values = [components[i]["props"].get("value") for i in handler["inputs"]]
        for place, i in enumerate(handler["inputs"]):
            if components[i]["type"] in ("image", "file"):
                found.append((handler, values, place))
    return found


def answer_of(server: Server, handler: dict[str, Any], values: list[Any], who: Any) -> str:
    """What a direct call says."""
    call = {"data": values, "fn_index": handler["id"], "session_hash": "s"}
    return str(server.post("/gradio_api/run/predict", call, who).json()["error"])


def queued(server: Server, handler: dict[str, Any], values: list[Any], who: Any) -> str:
    """What a call through the queue says."""
    call = {"data": values, "fn_index": handler["id"], "session_hash": "queued"}
    joined = server.post("/gradio_api/queue/join", call, who)
    if joined.status == 400:  # a validator of the fields has read them before
        return str(joined.json()["detail"]).strip("'")
    assert joined.status == 200
    lines = server.ask("GET", "/gradio_api/queue/data?session_hash=queued", who).body.decode()
    messages = [json.loads(line[6:]) for line in lines.splitlines() if line.startswith("data: ")]
    done = next(m for m in messages if m["msg"] == "process_completed")
    assert not done["success"]
    return str(done["output"]["error"])


@pytest.mark.parametrize("login", [False, True])
def test_no_handler_reads_a_file_that_was_not_uploaded(
    login: bool, server: Server, closed: Server, inside: dict[str, str], tmp_path: Path
) -> None:
    """All that the configuration lists, with one answer whatever lies at the path."""
    page, who = (closed, inside) if login else (server, {})
    upload = Path(page.upload(b"a picture", who))
    outside = tmp_path / "secret.png"
    outside.write_bytes(b"a picture")
    link = upload.with_name("link.png")
    link.symlink_to(outside)
    paths: list[str | Path] = [outside, link, tmp_path, tmp_path / "absent.png", upload.parent]
    paths += [upload.with_name("absent.png"), "/etc/passwd", "/etc/shadow"]
    paths += [f"{upload}/../../../../../etc/passwd"]
    addresses = [{"url": "http://127.0.0.1:1/x.png"}, {"path": "http://127.0.0.1:1/x.png"}]
    files = [{"path": str(path), **meta} for path in paths for meta in ({}, META)]
    files += [{**address, **meta} for address in addresses for meta in ({}, META)]
    files += [{"path": str(outside), "meta": {"_type": "x"}}]
    fields = file_fields(page.ask("GET", "/config", who).json())
    assert {handler["api_name"] for handler, _, _ in fields} >= {"link", "explain", "compare"}
    assert len({tuple(handler["inputs"]) for handler, _, _ in fields}) >= 6
    first = True
    for handler, values, place in fields:
        for file in files if first else files[:4]:
            asked = [*values[:place], file, *values[place + 1 :]]
            assert answer_of(page, handler, asked, who) == SAID, (handler["api_name"], file)
        if handler["queue"]:
            asked = [*values[:place], files[0], *values[place + 1 :]]
            assert queued(page, handler, asked, who) == SAID
        first = False
    link.unlink()


def test_what_was_uploaded_is_read(server: Server) -> None:
    path = server.upload(b"a picture")
    for file in ({"path": path}, {"path": path, **META}, {"path": path, "url": "http://a/b"}):
        data = [file, "Norway wins.", "Norway", None, 2, "total", None, None]
        assert server.post("/gradio_api/run/link", {"data": data}).status == 200


@pytest.mark.parametrize("path", ["/etc/passwd", "http://127.0.0.1:1/a.png", "https://a/b", ""])
def test_files_that_were_not_uploaded_are_not_handed_out(server: Server, path: str) -> None:
    assert server.ask("GET", f"/gradio_api/file={path}").status == 403


def test_links_in_the_folder_are_not_followed_out(server: Server, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    path = Path(server.upload(b"mine"))
    assert server.ask("GET", f"/gradio_api/file={path}").body == b"mine"
    link = path.with_name("link")
    link.symlink_to(tmp_path / "secret")
    assert server.ask("GET", f"/gradio_api/file={link}").status == 403
    link.unlink()


def test_the_server_fetches_no_address(server: Server) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802  (the library's name)
            asked.append(self.path)

    with HTTPServer(("127.0.0.1", 0), Handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{other.server_port}/a.png"
        own = server.upload(b"a")
        for file in (
            {"path": url},
            {"url": url},
            {"path": own, "url": url},
            {"path": own, "x": url},
        ):
            for value in ({**file, **META}, file):
                for place in range(8):
                    data: list[Any] = [None, "Norway", "Norway", None, 2, "total", None, None]
                    data[place] = value
                    server.post("/gradio_api/run/link", {"data": data})
        for path in (f"file={url}", f"proxy={url}", f"file/{url}"):
            server.ask("GET", f"/gradio_api/{path}")
        other.shutdown()
    assert asked == []


# --- who asks --------------------------------------------------------------------------------

STRANGERS = [
    {"Host": "evil.example"},
    {"Host": "evil.example:7860", "Origin": "http://evil.example:7860"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"X-Forwarded-Host": "evil.example"},
]
ADDRESSES = [
    "/config",
    "/logout",
    "/gradio_api/token",
    "/gradio_api/info",
    "/gradio_api/queue/join",
]


@pytest.mark.parametrize("headers", STRANGERS)
def test_a_stranger_is_refused_and_given_nothing(headers: dict[str, str], server: Server) -> None:
    answers = [server.ask("GET", path, headers) for path in ADDRESSES]
    answers += [server.post("/gradio_api/run/link", {"data": []}, headers)]
    answers += [
        server.ask("POST", "/gradio_api/upload", {**FORM, **headers}, form(part(b"a", "a")))
    ]
    asked = {**headers, "Access-Control-Request-Method": "POST"}
    answers += [server.ask("OPTIONS", "/gradio_api/upload", asked)]
    for answer in answers:
        assert answer.status == 403
        assert answer.header("access-control-allow-origin") == ""
        assert "detail" in answer.json()


def test_the_page_answers_to_its_names(server: Server) -> None:
    port = server.address[1]
    for host in (f"127.0.0.1:{port}", "LOCALHOST", "[::1]:1", "page.example.org"):
        assert server.ask("GET", "/config", {"Host": host}).status == 200
    proxied = {"Origin": "https://page.example.org", "X-Forwarded-Proto": "https"}
    assert server.post("/gradio_api/queue/join", {}, proxied).status == 422
    click = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert server.ask("GET", "/?example=1", {**click, "Sec-Fetch-Dest": "document"}).status == 200
    assert server.ask("GET", "/", {**click, "Sec-Fetch-Dest": "iframe"}).status == 403


def test_what_the_page_does_not_use_is_closed(server: Server) -> None:
    paths = ["openapi.json", "docs", "redoc", "monitoring/x"]
    api = ["token", "deep_link?session_hash=a", "vibe-code", "component_server", "dev/reload"]
    for path in paths + [f"gradio_api/{name}" for name in [*api, "stream/a/b/1/playlist-file"]]:
        assert server.ask("GET", f"/{path}").status == 404, path


def check_headers(answer: Answer) -> None:
    assert answer.header("x-frame-options") == "DENY"
    assert answer.header("x-content-type-options") == "nosniff"
    assert "frame-ancestors 'none'" in answer.header("content-security-policy")
    assert "default-src 'self';" in answer.header("content-security-policy")
    assert answer.header("cross-origin-resource-policy") == "same-origin"


def test_every_answer_has_the_headers(server: Server, closed: Server) -> None:
    path = server.upload(b"a picture")
    for address in ("/", "/config", "/nothing", f"/gradio_api/file={path}", "/theme.css"):
        check_headers(server.ask("GET", address))
    check_headers(server.ask("GET", "/", {"Host": "evil.example"}))
    check_headers(server.ask("POST", "/gradio_api/queue/join", JSON, b"{"))
    check_headers(closed.ask("GET", "/config"))
    check_headers(server.ask("POST", "/x", {"Content-Length": str(MOST_BODY + 1)}))


# --- the login -------------------------------------------------------------------------------


def test_only_the_form_is_open_before_the_login(closed: Server, inside: dict[str, str]) -> None:
    for path in ("/", "/theme.css", "/gradio_api/login_check/", "/gradio_api/startup-events"):
        assert closed.ask("GET", path).status in (200, 401)
    config = re.search(r"window.gradio_config = (\{.*?\});", closed.ask("GET", "/").body.decode())
    assert config and json.loads(config[1])["auth_required"]
    paths = ["/config", "/openapi.json", "/docs", "/gradio_api/openapi.json", "/gradio_api/info"]
    paths += ["/gradio_api/token", "/gradio_api/heartbeat/a", "/gradio_api/queue/status", "/x"]
    for path in paths:
        assert closed.ask("GET", path).status == 401, path
    for path in ("/gradio_api/cancel", "/gradio_api/reset", "/gradio_api/run/link"):
        assert closed.post(path, {}).status == 401
    assert closed.ask("GET", "/config", inside).status == 200
    assert closed.ask("GET", "/gradio_api/openapi.json", inside).status == 200


@pytest.mark.parametrize("path", ["upload", "run/upload", "run/link", "call/v2/link"])
def test_nothing_is_read_of_a_body_before_the_login(path: str, closed: Server) -> None:
    """The answer comes while almost nothing of it was sent."""
    with socket.create_connection(closed.address, timeout=30) as connection:
        head = f"POST /gradio_api/{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n"
        connection.sendall(f"{head}Content-Type: {FORM['Content-Type']}\r\n\r\nx".encode())
        assert b" 401 " in connection.recv(1000)


def cookies(answer: Answer) -> dict[str, set[str]]:
    """Attributes of the cookies that an answer sets."""
    lines = answer.header("set-cookie").splitlines()
    return {line.split("=")[0]: set(line.lower().split("; ")[1:]) for line in lines}


def test_cookies_stay_on_this_site(closed: Server) -> None:
    [(name, plain)] = cookies(closed.log_in(*USER)).items()
    assert plain == {"httponly", "path=/", "samesite=strict"}
    for proxy in ({"X-Forwarded-Proto": "https"}, {"X-Forwarded-Proto": "https,http"}):
        [(other, secure)] = cookies(closed.log_in(*USER, proxy)).items()
        assert secure == {"httponly", "path=/", "samesite=strict", "secure"}
        assert "unsecure" in name and "unsecure" not in other


def test_somebody_leaves(closed: Server) -> None:
    who = closed.logged_in(*USER)
    assert closed.ask("GET", "/config", who).status == 200
    answer = closed.ask("GET", "/logout?all_session=false", who)
    assert answer.status == 302
    assert all("max-age=0" in attributes for attributes in cookies(answer).values())


def test_guesses_are_limited_and_logged(closed: Server) -> None:
    proxy = {"X-Forwarded-For": "203.0.113.7"}  # a local proxy is believed
    answers = [closed.log_in("ada", str(i), proxy).status for i in range(7)]
    assert answers == [400] * 5 + [429] * 2
    assert closed.log_in(*USER, proxy).status == 429
    assert closed.log_in(*USER).status == 200
    assert "wrong name or password for 'ada' from 203.0.113.7" in "".join(closed.log)


@pytest.mark.browser
def test_somebody_enters_with_a_browser(closed: Server, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(closed.url)
    page.get_by_label("username").fill(USER[0])
    page.get_by_label("password").fill(USER[1])
    page.get_by_role("button", name="Login").click()
    page.locator("#header dl.status").wait_for(timeout=60_000)
    assert {cookie["sameSite"] for cookie in context.cookies()} == {"Strict"}
    context.close()


# --- what is sent ----------------------------------------------------------------------------


def send_in_chunks(server: Server, path: str, chunks: list[bytes], kind: str) -> bytes:
    """Status line of the answer to a body that does not tell its size."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
    with socket.create_connection(server.address, timeout=60) as connection:
        connection.sendall(f"{head}Content-Type: {kind}\r\n\r\n".encode())
        try:
            for chunk in chunks:
                connection.sendall(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            connection.sendall(b"0\r\n\r\n")
        except OSError:
            pass  # it was refused while this side was still sending
        try:
            return connection.recv(1000).split(b"\r\n")[0]
        except OSError:
            return b"closed"


@pytest.mark.parametrize("path", ["run/upload", "call/upload", "queue/join", "upload"])
def test_bodies_have_a_limit_wherever_they_go(path: str, server: Server) -> None:
    most = MOST_UPLOAD if path == "upload" else MOST_BODY
    kind = FORM["Content-Type"] if path == "upload" else "application/json"
    asked = {"Content-Length": str(most + 1), "Content-Type": kind}
    assert server.ask("POST", f"/gradio_api/{path}", asked).status == 413
    start = part(b"", "a")[:-2] if path == "upload" else b'["'
    chunks = [start, *[bytes(1_000_000)] * (most // 1_000_000 + 1)]
    answer = send_in_chunks(server, f"/gradio_api/{path}", chunks, kind)
    assert b" 413 " in answer or answer == b"closed"


def files_of(server: Server, temp: Path) -> set[Path]:
    return {path for path in (temp / "open").rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (form(*[part(b"a", "a")] * MOST_FILES), 200),
        (form(*[part(b"a", "a")] * (MOST_FILES + 1)), 413),
        (form(part(bytes(MOST_FILE + 1), "a")), 413),
        (form(part(b"a", None)), 400),
        (form(part(b"a", "a"), part(b"b", None)), 400),
        (form(part(b"a", "a", name="other")), 400),
        (part(b"a", "a"), 400),  # it has no end
        (b"", 400),
        (b"--x\r\n", 400),
        (f"--{BORDER}\r\n\r\na\r\n--{BORDER}--".encode(), 400),
    ],
)
def test_an_upload_holds_some_files_and_nothing_else(
    body: bytes, status: int, server: Server, temp: Path
) -> None:
    before = files_of(server, temp)
    answer = server.ask("POST", "/gradio_api/upload", FORM, body)
    assert answer.status == status
    if status == 200:
        assert len(answer.json()) == MOST_FILES
    else:
        assert files_of(server, temp) == before


def test_an_upload_that_breaks_off_leaves_nothing(server: Server, temp: Path) -> None:
    before = files_of(server, temp)
    with socket.create_connection(server.address) as connection:
        head = "POST /gradio_api/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n"
        connection.sendall(f"{head}Content-Type: {FORM['Content-Type']}\r\n\r\n".encode())
        connection.sendall(part(bytes(3_000_000), "a"))
    server.upload(b"another one comes through")
    assert len(files_of(server, temp)) == len(before) + 1


def test_a_name_of_a_session_is_short(server: Server) -> None:
    for path in ("run/link", "queue/join"):
        call = {"data": [], "fn_index": 0, "session_hash": "x" * 65}
        assert server.post(f"/gradio_api/{path}", call).status == 400


# --- what stays ------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_nothing_stays_of_a_run(end: signal.Signals, tmp_path: Path) -> None:
    with fake_page(temp=tmp_path, end=end) as page:
        path = Path(page.upload(b"a picture"))
        folder = next(tmp_path.glob(f"{PREFIX}*"))
        assert folder in path.parents
        assert folder.stat().st_mode & 0o777 == 0o700
    assert page.process.returncode == 0
    assert list(tmp_path.glob(f"{PREFIX}*")) == []
    assert "Traceback" not in "".join(page.log)
