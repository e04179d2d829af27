"""How the page looks (theme and style sheet) and how it is served: to nobody else by default."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

HERE = Path(__file__).parent
STYLES = ("page.css", "explain.css")
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


def _style() -> str:
    return "".join((HERE / name).read_text(encoding="utf-8") for name in STYLES)


def launch(page: gr.Blocks, host: str, port: int | None) -> str:
    """Opens the server and returns its address; the caller keeps the program running.

    Raises:
        OSError: the port is in use.
    """
    page.queue(max_size=20, default_concurrency_limit=1)
    _, url, _ = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        run_history=False,
        max_file_size="20mb",
        allowed_paths=[],
        footer_links=["api", "settings"],
        theme=_theme(),
        head=f"<style>{_style()}</style>",
    )
    return url
