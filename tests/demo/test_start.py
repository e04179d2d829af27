"""What the page loads before it opens: neither a model's libraries nor Gradio's stubs."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from support import ROOT

from demo.gradio_import import without_stubs


def test_the_page_is_made_before_a_models_libraries_are_loaded() -> None:
    program = (
        "import sys, app; heavy = {'torch', 'timm', 'transformers', 'scipy'} & set(sys.modules); "
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_library_alone_loads_nothing_heavy() -> None:
    program = (
        "import sys, mimic; heavy = {'torch', 'numpy', 'pandas', 'pyarrow', 'gradio', 'PIL'} "
        "& set(sys.modules); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_only_components_of_gradio_have_no_file_and_only_meanwhile() -> None:
    import gradio as gr

    before = inspect.getfile(gr.Button)
    with without_stubs():
        with pytest.raises(OSError, match="stub"):
            inspect.getfile(gr.Button)
        assert inspect.getfile(test_the_library_alone_loads_nothing_heavy) == __file__
    assert inspect.getfile(gr.Button) == before
