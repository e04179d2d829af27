"""Models and knowledge bases on the hub: what is pushed comes back, and nothing else is opened."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants
from support import ROOT, Run
from support.commands import one_line
from support.hub_server import Hub, hub_server
from support.tiny import edit

import app
from demo.linkers import BUNDLED
from mimic.errors import InputError
from mimic.io.hub_names import repository, title
from mimic.linking.hub.push import pushed_files
from mimic.linking.hub.repository import CARD, KB, MODEL, fetched
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import fingerprint
from mimic.schema import Mention

SAID = ("--sentence", "Norway won the match", "--mention", "Norway", "--device", "cpu")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub, and an empty cache."""
    with hub_server() as server:
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "ENDPOINT", server.url)
        files = server.url + "/{repo_id}/resolve/{revision}/{filename}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", files)
        monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub-cache"))
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))
        yield server


def content(folder: Path, names: list[str]) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in names}


def test_a_model_comes_back_to_the_byte(
    hub: Hub, call: Run, model_folder: Path, data: Path, tmp_path: Path
) -> None:
    code, out, err = call("push", model_folder, "hub:some/tiny", "--licence", "apache-2.0")
    told = json.loads(out)
    assert code == 0 and told["kind"] == "model" and "to some/tiny on the hub" in err
    sent = pushed_files(model_folder, MODEL)
    assert {"config.json", "model.safetensors", "tokenizer/tokenizer.json"} <= set(sent)
    assert told["files"] == len(sent) + 1 == len(hub.repositories["models/some/tiny"])
    hub.repositories["models/some/tiny"]["pytorch_model.bin"] = b"never fetched"

    flags = ("--model", "hub:some/tiny", "--kb", data, "--cache", tmp_path / "cache", "--json")
    first, second = call("link", *SAID, *flags), call("link", *SAID, *flags)
    mine = call("link", *SAID, "--model", model_folder, *flags[2:])
    assert json.loads(first[1]) == json.loads(second[1]) == json.loads(mine[1])
    size = sum(len(hub.repositories["models/some/tiny"][name]) for name in [*sent, CARD])
    (said,) = (line for line in first[2].splitlines() if line.startswith("downloading some/tiny"))
    assert said.endswith(f": {len(sent) + 1} files, {round(size / 1e3)} kB")
    assert "downloading" not in second[2]  # from the cache
    assert sorted(hub.fetched) == sorted([*sent, CARD])

    folder = fetched("hub:some/tiny", MODEL)
    assert content(folder, sent) == content(model_folder, sent)
    assert fingerprint(folder) == fingerprint(model_folder)


def test_a_knowledge_base_comes_back(hub: Hub, call: Run, linker: EntityLinker, data: Path) -> None:
    assert call("push", data, "hub:some/places")[0] == 0
    folder = fetched("hub:some/places", KB)
    names = pushed_files(data, KB)
    assert "kb_image/Mali-state.png" in names
    assert not {"mention_image/test-0-0.png", "TINY_train.json"} & set(names)
    assert content(folder, names) == content(data, names)
    over = linker.over(folder, title("hub:some/places"), index=folder.parent / "index")
    mention = Mention("Norway", "Norway won the match")
    assert over.link(mention).candidates[0].score == linker.link(mention).candidates[0].score
    assert over.entity(0).image is not None and over.kb_name == "some/places"


def test_without_a_network_the_cache_serves(
    hub: Hub, call: Run, model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("push", model_folder, "hub:some/tiny")[0] == 0
    fetched("hub:some/tiny", MODEL)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    asked = len(hub.requested)
    assert (fetched("hub:some/tiny", MODEL) / "config.json").is_file()
    told = one_line(call("link", *SAID, "--model", "hub:some/other"))
    assert "HF_HUB_OFFLINE is set" in told and "hf download some/other" in told
    assert "--dry-run" in one_line(call("push", model_folder, "hub:some/tiny"))
    assert len(hub.requested) == asked
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")  # where nobody listens
    assert (fetched("hub:some/tiny", MODEL) / "config.json").is_file()


def test_what_is_not_what_its_card_says_is_refused(
    hub: Hub, call: Run, own_model: Path, linker: EntityLinker
) -> None:
    assert call("push", own_model, "hub:some/tiny")[0] == 0
    files = hub.repositories["models/some/tiny"]
    edit(own_model / "config.json", lambda record: record["model"].update(text_length=11))
    files["config.json"] = (own_model / "config.json").read_bytes()
    with pytest.raises(InputError, match="is not what its card says") as told:
        EntityLinker.load("hub:some/tiny", device="cpu")
    assert linker.index.model in str(told.value) and "models--some--tiny and fetch" in str(
        told.value
    )


def test_what_is_no_model_is_told(hub: Hub, call: Run) -> None:
    hub.repositories["models/some/pickle"] = {"config.json": b"{}", "pytorch_model.bin": b"x"}
    with pytest.raises(InputError, match=r"no model there \(needs .*nothing is unpickled"):
        fetched("hub:some/pickle", MODEL)
    assert hub.fetched == ["config.json"]
    told = one_line(call("link", *SAID, "--model", "hub:no/such"))
    assert "the hub does not give it (" in told


@pytest.mark.parametrize("said", ["hub:", "hub:name", "hub:a/b/c", "hub:a/b@", "hub:a/../b@x y"])
def test_a_name_of_another_form(said: str, call: Run) -> None:
    assert "must be hub:owner/name" in one_line(call("link", *SAID, "--model", said))


def test_the_page_takes_a_name_and_refuses_another_form() -> None:
    flags = app.parse(["--model", "hub:some/tiny@v1", "--kb", "hub:some/places"])
    app.check_folders(flags)
    assert list(app.named(flags.model)) == ["tiny@v1", BUNDLED]
    with pytest.raises(InputError, match="must be hub:owner/name"):
        app.check_folders(app.parse(["--kb", "hub:places"]))


def test_what_writes_into_a_model_needs_a_folder(call: Run, data: Path) -> None:
    told = one_line(call("calibrate", "--model", "hub:some/tiny", "--data", data))
    assert "is written to; give a folder" in told


def test_names() -> None:
    assert repository(Path("hub:a/b.c@refs/pr/1")) == ("a/b.c", "refs/pr/1")
    assert (title("hub:a/b@v1"), title(Path("some/folder"))) == ("a/b", "folder")


def test_the_card_says_what_the_folder_knows(call: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, _ = call("push", ROOT / "assets" / "model", "hub:some/atlas", "--dry-run", out)
    told = json.loads(said)
    assert (code, told["out"], told["files"]) == (0, str(out), len(list(out.iterdir())))
    assert told["bytes"] == sum(file.stat().st_size for file in out.iterdir())
    card, record = (out / CARD).read_text("utf-8"), json.loads((out / "config.json").read_text())
    assert f'mimic_fingerprint: "{fingerprint(out)}"' in card.split("---")[1]
    for text in (
        record["training"]["command"],
        record["training"]["data"],
        "| group | mentions | hits@1 | hits@5 | hits@10 | mrr |",
        "| dev, WIKIMEL | 2,627 | 87.21 | 96.92 | 98.17 | 91.53 |",
        record["about"]["What it does not know"],
        'EntityLinker.load(model="hub:some/atlas")',
        "## Licence\n\nNot known",
    ):
        assert text in card
    told_again = one_line(call("push", out, "hub:some/atlas", "--dry-run", out))
    assert "not empty" in told_again
    assert "neither a model" in one_line(call("push", tmp_path, "hub:some/atlas"))


def test_a_new_process_goes_to_the_endpoint_of_its_environment(
    model_folder: Path, data: Path, tmp_path: Path
) -> None:
    script = "import sys; from mimic.__main__ import main\n"
    script += f"assert main(['push', {str(model_folder)!r}, 'hub:some/tiny']) == 0\n"
    script += f"sys.exit(main({['link', *SAID, '--model', 'hub:some/tiny', '--kb', str(data)]!r}))"
    with hub_server() as server:
        place = {"HF_ENDPOINT": server.url, "HF_HOME": str(tmp_path), "HF_TOKEN": "of-nobody"}
        place |= {"XDG_CACHE_HOME": str(tmp_path), "HF_HUB_OFFLINE": "0"}
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT, env={**os.environ, **place}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Norway" in done.stdout and "downloading some/tiny" in done.stderr
        assert "model.safetensors" in server.fetched
