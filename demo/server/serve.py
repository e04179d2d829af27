"""How the page looks (theme and style sheet) and how it is served: to nobody else by default."""

from __future__ import annotations

import importlib.util
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gradio as gr
from gradio.routes import App, ORJSONResponse
from starlette.middleware import Middleware

from demo.server import connections
from demo.server.calls import Calls
from demo.server.entrance import Entrance
from demo.server.hosts import Hosts
from demo.server.limits import MOST_FILE, BodyLimit
from demo.server.logins import Accounts
from demo.server.logins import read_users as read_users
from demo.server.sessions import EndCalls, Sessions
from demo.server.turns import install
from demo.server.uploads import Ownership, Room
from mimic.errors import InputError

HERE = Path(__file__).parent.parent
SYSTEM_FONTS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
MONO_FONTS = ["ui-monospace", "SFMono-Regular", "Consolas", "monospace"]


def _theme() -> gr.themes.Base:
    """Calm greys and one indigo; the default theme's contrast is too low in places."""
    return gr.themes.Base(
        primary_hue="indigo",
        secondary_hue="indigo",
        neutral_hue="stone",
        radius_size="md",
        font=SYSTEM_FONTS,
        font_mono=MONO_FONTS,
    ).set(
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_400",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_400",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        input_background_fill="white",
        input_background_fill_dark="*neutral_950",
        input_border_width="1px",
        input_border_color="*neutral_400",
        input_border_color_dark="*neutral_600",
        block_background_fill="white",
        block_background_fill_dark="*neutral_900",
        block_border_width="1px",
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        block_label_text_color="*neutral_700",
        block_title_text_color="*neutral_700",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover_dark="*primary_700",
        button_primary_text_color="white",
        slider_color="*primary_600",
        slider_color_dark="*primary_400",
    )


def _styles() -> str:
    """The style sheets, one for each panel and one for all."""
    return "\n".join(file.read_text("utf-8") for file in sorted((HERE / "css").glob("*.css")))


@dataclass(frozen=True)
class Options:
    """How the page is served.

    Attributes:
        hosts: names that the page answers to, beside this machine's own.
        port: `None` is the first free one from 7860.
        users: names and passwords; none lets everybody in.
        root_path: path under which a proxy serves the page.
        share: whether there is a public link, through a server of Gradio's makers.
        mcp: whether the endpoints are tools of the Model Context Protocol, too.
        folder: the run's own, whose files are bounded; without it nobody looks after them.
    """

    host: str = "127.0.0.1"
    port: int | None = None
    users: tuple[tuple[str, str], ...] = ()
    root_path: str | None = None
    share: bool = False
    mcp: bool = False
    hosts: tuple[str, ...] = ()
    folder: Path | None = None


def checked_host(host: str) -> str:
    """An address that this machine can listen on; of IPv6 in brackets, as in an address of the web.

    Raises:
        InputError: it is none.
    """
    bare = host.removeprefix("[").removesuffix("]")
    try:
        family, kind, _, _, address = socket.getaddrinfo(bare, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.bind(address)
    except (OSError, UnicodeError):
        raise InputError(f"--host {host}: this machine has no such address") from None
    return f"[{bare}]" if ":" in bare else bare


def checked_port(port: int) -> int:
    """A port's number.

    Raises:
        InputError: it is none.
    """
    if not 0 <= port <= 65535:
        raise InputError(f"--port is {port}; it must be from 0 to 65535")
    return port


def checked_root(path: str | None) -> str | None:
    """A path for a proxy, beginning and not ending with a slash.

    Raises:
        InputError: it does not begin with a slash.
    """
    if path is not None and not path.startswith("/"):
        raise InputError(f"--root-path is {path!r}; it must begin with a slash, as /mimic")
    return path.rstrip("/") or None if path else None


def with_mcp(users: tuple[tuple[str, str], ...] = ()) -> bool:
    """True when what `--mcp` needs is installed.

    Raises:
        InputError: it is not, or there are accounts, which no client of the protocol can use.
    """
    if users:
        raise InputError(
            "--mcp and --auth exclude each other: a client of MCP cannot log in; leave one out"
        )
    if importlib.util.find_spec("mcp") is None:
        raise InputError("--mcp needs the package mcp: pip install 'gradio[mcp]'")
    return True


class Page(App):
    """Gradio's application behind the entrance.

    Args:
        inner: middleware between Gradio's own and its routes.
    """

    def __init__(self, hosts: Hosts, share: bool, inner: list[Middleware]) -> None:
        self._hosts, self._share = hosts, share
        # FastAPI's own list of the addresses is of no use to anybody: Gradio has one that speaks
        super().__init__(default_response_class=ORJSONResponse, openapi_url=None, middleware=inner)
        self.state_holder = Sessions()

    def build_middleware_stack(self) -> Any:
        """The entrance lies around all else, also around what Gradio adds."""
        return Entrance(BodyLimit(super().build_middleware_stack()), self, self._hosts, self._share)


def launch(page: gr.Blocks, options: Options) -> str:
    """Opens the server and returns its address; the caller keeps the program running.

    Raises:
        OSError: the port is in use.
    """
    gate = install(page)
    page.queue(max_size=None, default_concurrency_limit=1)  # the gate knows how many may wait
    hosts = Hosts(options.host, options.hosts)
    inner = [Middleware(EndCalls)]
    if options.folder:
        inner.append(Middleware(Ownership, Room(options.folder).start()))
    inner.append(Middleware(Calls, page=page, gate=gate))
    connections.use_patience()
    _, url, public = page.launch(
        server_name=options.host,
        server_port=options.port,
        auth=Accounts(options.users).check if options.users else None,  # type: ignore[arg-type]
        root_path=options.root_path,
        share=options.share,
        mcp_server=options.mcp,
        prevent_thread_lock=True,
        quiet=True,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        run_history=False,
        max_file_size=MOST_FILE,
        allowed_paths=[],
        _app=Page(hosts, options.share, inner),
        _frontend=False,  # no look at itself with 3 s of patience: a visitor may come first
        footer_links=["api", "settings"],
        theme=_theme(),
        head=f"<style>{_styles()}</style>",
    )
    if public:
        hosts.allow(urlsplit(public).hostname or "")
    return url
