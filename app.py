"""The page: `python app.py [--host --port --model --kb --device --cache]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

# Before Gradio is imported: the page talks to nobody but its visitor.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from demo import serve, ui  # noqa: E402
from demo.examples import load_examples  # noqa: E402
from demo.handlers import Linker, Loading  # noqa: E402
from mimic.errors import InputError  # noqa: E402

EXAMPLES = Path(__file__).parent / "assets" / "examples"


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Reads the flags."""
    parser = argparse.ArgumentParser(prog="app.py", description="Opens the page of MIMIC.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=7860, help="0: the first free one from 7860")
    parser.add_argument("--model", type=Path, help="folder of a model (default: the bundled one)")
    parser.add_argument("--kb", type=Path, help="data or index folder (default: the bundled one)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--cache", type=Path, help="where an index is kept that had to be built")
    return parser.parse_args(arguments)


def load_linker(flags: argparse.Namespace) -> Linker:
    """Imports the model's code and loads the linker: seconds, so it runs beside the open page."""
    from mimic import EntityLinker

    return EntityLinker.load(model=flags.model, kb=flags.kb, device=flags.device, cache=flags.cache)


def main(arguments: list[str] | None = None) -> int:
    """Serves until interrupted; 2 when a flag names something that cannot be used."""
    flags = parse(arguments)
    loading = Loading(lambda: load_linker(flags))
    page = ui.build_page(loading, load_examples(EXAMPLES))
    try:
        url = serve.launch(page, flags.host, flags.port or None)
    except OSError:
        print(
            f"app.py: cannot listen on {flags.host}:{flags.port}; is the port in use? "
            "Choose another with --port.",
            file=sys.stderr,
        )
        return 2
    print(f"The page is open at {url} (the model is loading)", flush=True)
    loading.start()
    try:
        linker = loading.linker()
        print(f"Ready: {linker.model_name} on {linker.device}", flush=True)
        page.block_thread()
    except InputError as error:
        print(f"app.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    finally:
        page.close(verbose=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
