"""How the page looks (theme and style sheet) and how it is served: to nobody else by default."""

from __future__ import annotations

import importlib.util
import socket
from dataclasses import dataclass
from pathlib import Path

import gradio as gr
from starlette.middleware import Middleware

from demo.server.calls import Calls, install
from demo.server.limits import BodyLimit
from demo.server.sessions import EndCalls
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
        port: `None` is the first free one from 7860.
        users: names and passwords; none lets everybody in.
        root_path: path under which a proxy serves the page.
        share: whether there is a public link, through a server of Gradio's makers.
        mcp: whether the endpoints are tools of the Model Context Protocol, too.
    """

    host: str = "127.0.0.1"
    port: int | None = None
    users: tuple[tuple[str, str], ...] = ()
    root_path: str | None = None
    share: bool = False
    mcp: bool = False


def read_users(file: Path) -> tuple[tuple[str, str], ...]:
    """Names and passwords from a file with a line `name:password` for each; `#` is a comment.

    Raises:
        InputError: it cannot be read, a line is no such pair, or there is none.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(f"--auth {file}: no such file") from None
    except (OSError, UnicodeDecodeError):
        raise InputError(f"--auth {file}: cannot be read as a text file") from None
    users = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, password = line.strip().partition(":")
        if not (name and colon and password):
            raise InputError(f"--auth {file}: line {number} is not name:password")
        users.append((name, password))
    if not users:
        raise InputError(f"--auth {file}: names nobody; write a line name:password")
    return tuple(users)


def checked_host(host: str) -> str:
    """An address that this machine can listen on.

    Raises:
        InputError: it is none.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.bind(address)
    except (OSError, UnicodeError):
        raise InputError(f"--host {host}: this machine has no such address") from None
    return host


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


def with_mcp() -> bool:
    """True when what `--mcp` needs is installed.

    Raises:
        InputError: it is not.
    """
    if importlib.util.find_spec("mcp") is None:
        raise InputError("--mcp needs the package mcp: pip install 'gradio[mcp]'")
    return True


def launch(page: gr.Blocks, options: Options) -> str:
    """Opens the server and returns its address; the caller keeps the program running.

    Raises:
        OSError: the port is in use.
    """
    gate = install(page)
    page.queue(max_size=None, default_concurrency_limit=1)  # the gate knows how many may wait
    _, url, _ = page.launch(
        server_name=options.host,
        server_port=options.port,
        auth=list(options.users) or None,
        root_path=options.root_path,
        share=options.share,
        mcp_server=options.mcp,
        prevent_thread_lock=True,
        quiet=True,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        run_history=False,
        max_file_size="20mb",
        allowed_paths=[],
        app_kwargs={
            "middleware": [
                Middleware(BodyLimit),
                Middleware(EndCalls),
                Middleware(Calls, page=page, gate=gate),
            ]
        },
        _frontend=False,  # no look at itself with 3 s of patience: a visitor may come first
        footer_links=["api", "settings"],
        theme=_theme(),
        head=f"<style>{_styles()}</style>",
    )
    return url
