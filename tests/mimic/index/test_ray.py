"""A real cluster of two nodes on this machine: the same commands, the same results."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from support import Run
from support.ray_node import LOOPBACK, ROOT, environment, of_session, two_networks, two_nodes

import app
from mimic.errors import InputError
from mimic.index.shards import LOCK, MANIFEST
from mimic.linking.linker import EntityLinker
from mimic.schema import LinkResult, Mention

pytestmark = [
    pytest.mark.ray,
    pytest.mark.skipif(
        importlib.util.find_spec("ray") is None,
        reason="needs Ray: pip install -r requirements-cluster.txt",
    ),
    pytest.mark.filterwarnings("ignore::DeprecationWarning:ray"),  # Ray's own, by Ray
]
MENTIONS = [
    Mention("Norway", "a goal of Norway in the game"),
    Mention("Mali", "the president of Mali"),
    Mention("Chad", "Chad plays the stone on ice"),
]


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, str]]:
    """Address and session folder of two nodes; this process knows their token."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (given := environment()).items():
            patch.setenv(name, value)
        with two_nodes(given) as started:
            yield started
            import ray

            ray.shutdown()


@pytest.fixture(scope="module")
def small_shards() -> Iterator[None]:
    """Shards of two: the nine entities of the tiny data take five."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mimic.index.entity_index.SHARD", 2)
        yield


@pytest.fixture(scope="module")
def local(
    small_shards: None, model_folder: Path, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> EntityLinker:
    return EntityLinker.load(model_folder, data, "cpu", tmp_path_factory.mktemp("local"))


@pytest.fixture(scope="module")
def spread(
    cluster: tuple[str, str], local: EntityLinker, model_folder: Path, data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> EntityLinker:  # fmt: skip
    """The same, built and held by the cluster."""
    cache = tmp_path_factory.mktemp("spread")
    return EntityLinker.load(model_folder, data, "cpu", cache, ray=cluster[0])


def files(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file() and f.name != LOCK}


def same(found: LinkResult, expected: LinkResult) -> None:
    assert found.entities == expected.entities
    for a, b in zip(found.candidates, expected.candidates, strict=True):
        assert (a.rank, a.entity.id, a.unit_ranks) == (b.rank, b.entity.id, b.unit_ranks)
        assert a.score == pytest.approx(b.score, rel=1e-6, abs=1e-6)
        assert a.probability == pytest.approx(b.probability, rel=1e-5)
        for unit in ("tglu", "vdlu", "cmfu"):
            assert getattr(a.units, unit) == pytest.approx(getattr(b.units, unit), rel=1e-6)


def same_links(spread: EntityLinker, local: EntityLinker) -> None:
    for mention in MENTIONS:
        for rank_by in ("total", "vdlu"):
            same(spread.link(mention, 9, rank_by), local.link(mention, 9, rank_by))


def test_the_index_is_the_same_to_the_byte(spread: Any, local: Any) -> None:
    assert files(spread.index.folder) == files(local.index.folder)
    assert len(list(local.index.folder.glob("*.safetensors"))) == 5


def test_only_missing_shards_are_made(
    cluster: tuple[str, str], spread: Any, call: Run, model_folder: Path, data: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    folder = Path(shutil.copytree(spread.index.folder, tmp_path / "index"))
    whole = files(folder)
    gone = sorted(folder.glob("*.safetensors"))[1]
    gone.unlink()
    (folder / MANIFEST).unlink()
    before = {f.name: f.stat().st_mtime_ns for f in folder.glob("shard-*") if f.stem != gone.stem}
    given = ("--kb", data, "--model", model_folder, "--device", "cpu", "--ray", cluster[0])
    code, out, err = call("index", "--out", folder, *given)
    assert code == 0, err
    assert json.loads(out)["entities"] == 9 and files(folder) == whole
    assert {name: (folder / name).stat().st_mtime_ns for name in before} == before


def test_the_same_answers_from_parts_on_both_nodes(spread: Any, local: Any) -> None:
    assert len({node for node, _ in spread.index.where()}) == spread.index.parts == 2
    same_links(spread, local)
    ids = [entity.id for entity in local.index.entities][2:7]
    for found, expected in zip(
        spread.candidates(MENTIONS[0], ids), local.candidates(MENTIONS[0], ids), strict=True
    ):
        assert (found.rank, found.entity) == (expected.rank, expected.entity)
    for unit, rows in local.index.picked([8, 0, 3]).items():
        for name, values in rows.items():
            assert torch.equal(spread.index.picked([8, 0, 3])[unit][name], values)


def test_the_commands_run_unchanged(
    cluster: tuple[str, str], spread: Any, local: Any, call: Run, model_folder: Path, data: Path
) -> None:
    def run(linker: Any, *more: object) -> dict[str, Any]:
        where = ("--model", model_folder, "--kb", linker.index.folder, "--device", "cpu")
        code, out, err = call("evaluate", "--data", data, "--json", *where, *more)
        assert code == 0, err
        return dict(json.loads(out))

    assert run(spread, "--ray", cluster[0]) == run(local)
    kb, model = str(local.index.folder), str(model_folder)
    flags = ["--model", model, "--kb", kb, "--device", "cpu", "--ray", cluster[0]]
    linkers = app.make_linkers(app.parse(flags))
    same(linkers.get().link(MENTIONS[0], 9), local.link(MENTIONS[0], 9))


def test_a_killed_part_comes_back_with_the_same_answers(spread: Any, local: Any) -> None:
    (_, killed), (_, other) = spread.index.where()
    os.kill(killed, signal.SIGKILL)
    same_links(spread, local)
    (_, new), (_, still) = spread.index.where()
    assert new != killed and still == other


def test_no_answer_is_told_and_never_a_part_of_one(
    spread: Any, local: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (_, paused), _ = spread.index.where()
    os.kill(paused, signal.SIGSTOP)
    try:
        with monkeypatch.context() as patch:
            patch.setattr("mimic.index.cluster.index.WAIT", 2.0)
            with pytest.raises(InputError, match="1 of the 2 parts of the index did not answer"):
                spread.link(MENTIONS[0], 3)
    finally:
        os.kill(paused, signal.SIGCONT)
    same_links(spread, local)


def test_a_part_that_cannot_open_its_shards_again(
    cluster: tuple[str, str], local: Any, model_folder: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(local.index.folder, tmp_path / "index"))
    linker: Any = EntityLinker.load(model_folder, folder, "cpu", ray=cluster[0])
    shards = json.loads((folder / MANIFEST).read_text("utf-8"))["shards"]
    (folder / f"{shards[0]['name']}.safetensors").unlink()
    os.kill(linker.index.where()[0][1], signal.SIGKILL)
    with pytest.raises(InputError, match="a part of the index is lost: .*missing"):
        linker.link(MENTIONS[0], 3)
    linker.index.close()


def test_two_machines_with_a_network_between(local: Any, model_folder: Path, data: Path) -> None:
    """Two network namespaces stand for them: neither reaches the other's loopback."""
    where = ["--model", str(model_folder), "--kb", str(local.index.folder), "--device", "cpu"]
    command = [sys.executable, "-m", "mimic", "evaluate", "--json", "--data", str(data), *where]
    given = environment() | {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "1"}
    with two_networks() as networks, two_nodes(given, networks) as (address, _):
        answers = [
            subprocess.run(
                [*prefix, *command, *more],
                cwd=ROOT,
                env=os.environ | given,
                capture_output=True,
                text=True,
                timeout=600,
            )
            for prefix, more in ((networks[0].inside, ["--ray", address]), ([], []))
        ]
    for ran in answers:
        assert ran.returncode == 0, ran.stderr
    assert json.loads(answers[0].stdout) == json.loads(answers[1].stdout)


def test_a_wrong_token_is_refused(cluster: tuple[str, str], local: Any, model_folder: Path) -> None:
    where = ["--model", str(model_folder), "--kb", str(local.index.folder), "--ray", cluster[0]]
    asked = ["link", "--sentence", "Chad won", "--mention", "Chad", *where]
    ran = subprocess.run(
        [sys.executable, "-m", "mimic", *asked],
        cwd=ROOT,
        env=os.environ | {"RAY_AUTH_TOKEN": "not-the-token-of-it"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert ran.returncode == 2 and ran.stdout == ""
    assert "error: --ray" in ran.stderr and "token" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_nothing_listens_beyond_loopback(cluster: tuple[str, str], spread: Any) -> None:
    sockets = set()
    for process in of_session(cluster[1]):
        for link in Path(f"/proc/{process}/fd").glob("*"):
            try:
                sockets.add(os.readlink(link))
            except OSError:
                continue
    listening = []
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            field = row.split()
            if field[3] == "0A" and f"socket:[{field[9]}]" in sockets:
                listening.append(field[1].split(":")[0])
    mapped = bytes(reversed([int(part) for part in LOOPBACK.split(".")])).hex().upper()
    assert len(listening) >= 5 and {address[-8:] for address in listening} == {mapped}
