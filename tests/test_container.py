"""The steps of the Dockerfile and of compose.yaml. Nothing is built: where the tests run there is
no Docker, so each step is held against what it would find."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import yaml
from support import ROOT
from support.fake_page import fake_page

import app


def steps() -> list[tuple[str, str]]:
    """Instruction and its text, of each line of the Dockerfile with its continuations."""
    text = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def of(name: str) -> list[str]:
    return [text for word, text in steps() if word == name]


def argv(text: str) -> list[str]:
    return [str(word) for word in json.loads(text)]


def test_it_copies_all_that_the_page_needs() -> None:
    copied = [shlex.split(text)[:-1] for text in of("COPY") if not text.startswith("--from")]
    names = {name for line in copied for name in line}
    assert all((ROOT / name).exists() for name in names)
    ours = {file.stem for file in ROOT.glob("*.py")} | {
        p.parent.name for p in ROOT.glob("*/__init__.py")
    }
    imported = re.findall(r"^(?:from|import) (\w+)", (ROOT / "app.py").read_text("utf-8"), re.M)
    assert {name for name in imported if name in ours} <= names
    assert {"app.py", "mimic", "analysis", "assets", "requirements.txt"} <= names


def test_the_pip_step_installs_the_pinned_pair_first() -> None:
    (build,) = (text for text in of("RUN") if "pip install" in text)
    pattern = re.search(r"grep -E '(.+?)' requirements.txt", build)
    assert pattern is not None
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pair = [line.split("==")[0] for line in lines if re.search(pattern[1], line)]
    assert pair == ["torch", "torchvision"]
    assert build.count("--no-cache-dir") == build.count("pip install") == 2
    assert of("ARG")[0].startswith("TORCH_INDEX=https://download.pytorch.org/whl/cpu")
    assert all(re.fullmatch(r"python:3\.11-slim( AS build)?", text) for text in of("FROM"))


def test_nobody_in_it_is_root_and_all_that_is_written_is_in_the_volume() -> None:
    words = [word for word, _ in steps()]
    assert int(of("USER")[-1]) > 0 and words.index("USER") < words.index("ENTRYPOINT")
    places = dict(re.findall(r"(\w+)=(\S+)", of("ENV")[0]))
    for name in ("HOME", "XDG_CACHE_HOME", "HF_HOME", "GRADIO_TEMP_DIR", "MPLCONFIGDIR"):
        assert places[name].startswith(of("VOLUME")[0])


def test_the_page_takes_the_flags() -> None:
    command = argv(of("ENTRYPOINT")[0])
    assert command[:2] == ["python", "app.py"] and app.parse(command[2:]).host == "0.0.0.0"
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    added = [
        word.replace("${SITE:-localhost}", "localhost")
        for word in compose["services"]["mimic"]["command"]
    ]
    flags = app.parse([*command[2:], *added])
    assert (flags.host, flags.root_path, flags.allow_host) == ("127.0.0.1", "/mimic", ["localhost"])
    options = app.make_options(flags)
    assert options.host == "127.0.0.1"


def test_compose_holds_it_tight() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    page, proxy = compose["services"]["mimic"], compose["services"]["proxy"]
    assert page["read_only"] and page["cap_drop"] == ["ALL"] and page["volumes"] == ["data:/data"]
    assert proxy["network_mode"] == "service:mimic" and "ports" not in proxy
    caddy = compose["configs"]["caddy"]["content"]
    assert caddy.count("{") == caddy.count("}")
    for rule in (
        "max_size 48MB",
        "handle_path /mimic/*",
        "127.0.0.1:7860",
        "response_header_timeout",
    ):
        assert rule in caddy
    assert {name.split(":")[0] for s in (page, proxy) for name in s["volumes"]} == {
        *compose["volumes"]
    }


def test_the_health_check_tells_a_page_from_none(tmp_path: Path) -> None:
    command = argv(of("HEALTHCHECK")[0].partition("CMD ")[2])
    assert command[0] == "python" and of("EXPOSE") == ["7860"]

    def healthy(port: int) -> bool:
        code = command[2].replace("7860", str(port))
        return subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0

    with fake_page(temp=tmp_path) as page:
        port = page.address[1]
        assert healthy(port)
    assert not healthy(port)
