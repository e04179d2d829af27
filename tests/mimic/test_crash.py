"""Processes that are killed, refused and full disks: what is there afterwards, and what goes on."""

from __future__ import annotations

import errno
import os
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import torch
from matplotlib.figure import Figure
from PIL import Image
from support import tiny
from support.kill import RENAMES, every_kill, without_exchange

from analysis.explanation import write_explanation
from analysis.report.sections import ReportTable, Section, read_section, write_section
from demo import make_examples
from demo.examples import Example, load_examples
from mimic import EntityLinker
from mimic.atlas import dataset
from mimic.data.kb_import import import_kb
from mimic.data.layout import read_kb
from mimic.errors import InputError
from mimic.explain import Explainer
from mimic.io.files import files_aside, folder_aside, only_writer, write_whole
from mimic.linking.bundle import bundle
from mimic.linking.splits.predictions import write_predictions
from mimic.model.mimic import ModelCard, load_model, save_model, update_card
from mimic.model.processor import load_tokenizer
from mimic.schema import Mention
from mimic.training.log import COLUMNS
from mimic.training.loop import train
from mimic.training.run import STATE

CPU = torch.device("cpu")
Tree = dict[str, bytes]


def tree(folder: Path) -> Tree:
    """Every file that is not hidden, with its content."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not any(p.startswith(".") for p in file.relative_to(folder).parts)
    }


def hidden(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.rglob(".*"))


def put_back(folder: Path, state: Tree) -> None:
    """Makes a folder hold what it held; what a killed process hid in it stays."""
    for file in tree(folder):
        (folder / file).unlink()
    for name, data in state.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def is_old_or_new(work: Callable[[], object], folder: Path, old: Tree) -> None:
    """Kills the work everywhere: its folder is whole each time, and the next run goes on."""
    work()
    new = tree(folder)
    assert hidden(folder.parent) == []
    put_back(folder, old)
    seen = []
    for _ in every_kill(work):
        seen.append(tree(folder))
        assert seen[-1] in (old, new)
        work()
        assert tree(folder) == new and hidden(folder.parent) == []
        put_back(folder, old)
    assert old in seen and new in seen


def each_is_old_or_new(
    work: Callable[[], object], folder: Path, old: Tree, check: Callable[[], object] = list
) -> None:
    """The same where each file is whole for itself; `check` looks at all of them."""
    work()
    new = tree(folder)
    put_back(folder, old)
    for _ in every_kill(work):
        left = tree(folder)
        assert old.keys() <= left.keys() <= new.keys()
        assert all(data in (old.get(name), new[name]) for name, data in left.items())
        check()
        work()
        assert tree(folder) == new and hidden(folder) == []
        put_back(folder, old)


# --- killed ----------------------------------------------------------------------------------


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    """Two tables of one name."""
    made = []
    for name, rows in (("one", "Norway,cold\nMali,warm\n"), ("two", "Peru,high\n")):
        made.append(tmp_path / f"{name}.csv")
        made[-1].write_text("name,description\n" + rows, "utf-8")
    return made[0], made[1]


def test_kb_import(tmp_path: Path, tables: tuple[Path, Path]) -> None:
    out = tmp_path / "here" / "KB"
    import_kb(tables[0], out)
    is_old_or_new(lambda: import_kb(tables[1], out, force=True), out, tree(out))


def test_kb_import_where_names_cannot_be_swapped(tmp_path: Path, tables: tuple[Path, Path]) -> None:
    """The old one is out of its place for a moment; the next import finds it, also one that
    fails."""
    out = tmp_path / "here" / "KB"
    import_kb(tables[0], out)
    old, missing = tree(out), 0
    with without_exchange():
        for _ in every_kill(lambda: import_kb(tables[1], out, force=True)):
            missing += not out.exists()
            with pytest.raises(RuntimeError), folder_aside(out):
                raise RuntimeError
            assert len(read_kb(out).entities) in (1, 2) and hidden(out.parent) == []
            shutil.rmtree(out)
            import_kb(tables[0], out)
            assert tree(out) == old
    assert missing == 1


def test_bundle(model_folder: Path, data: Path, tmp_path: Path) -> None:
    """Model and knowledge base are whole, each the old or the new one, and open together."""
    assets, other, changed = tmp_path / "assets", tmp_path / "other", tmp_path / "data"
    model, card = load_model(model_folder)
    model.tglu.query.bias.data += 1
    save_model(model, other, card, load_tokenizer(model.config))
    shutil.copytree(data, changed)
    tiny.edit(changed / "kb_entity.json", lambda rows: rows[0].update(attr="Sport: none."))

    def state() -> tuple[bytes, bytes]:
        kb = assets / "kb"
        suffixes = sorted(file.suffix for file in kb.iterdir() if file.is_file())
        assert suffixes == [".arrow", ".json", ".json", ".json", ".safetensors"]
        assert len(list((kb / "kb_image").iterdir())) == 9
        weights = (assets / "model" / "model.safetensors").read_bytes()
        return weights, (kb / "kb_entity.json").read_bytes()

    bundle(other, changed, assets)
    new = state()
    bundle(model_folder, data, assets)
    old = state()
    kept = shutil.copytree(assets, tmp_path / "kept")
    seen = []
    for _ in every_kill(lambda: bundle(other, changed, assets)):
        if (found := state()) not in seen:
            seen.append(found)
            linker = EntityLinker.load(assets / "model", assets / "kb", "cpu", tmp_path / "cache")
            assert linker.entities == 9
        for name in ("model", "kb"):
            shutil.rmtree(assets / name)
            shutil.copytree(kept / name, assets / name)
    assert seen == [old, (old[0], new[1]), new]
    bundle(other, changed, assets)
    assert hidden(assets) == [] and state() == new


@pytest.mark.parametrize("more", [False, True])
def test_save_model(model_folder: Path, tmp_path: Path, more: bool) -> None:
    """In a folder of its own all at once; beside a run's files one by one, and it always opens."""
    folder = tmp_path / "here" / "model"
    shutil.copytree(model_folder, folder)
    if more:
        (folder / "log.csv").write_text("kept\n")
    model, _ = load_model(folder)
    model.tglu.query.bias.data += 1
    tokenizer, old = load_tokenizer(model.config), tree(folder)

    def work() -> None:
        save_model(model, folder, ModelCard(temperature=3.0), tokenizer)

    if not more:
        is_old_or_new(work, folder, old)
        return
    each_is_old_or_new(work, folder, old, lambda: load_model(folder))


def test_first_training(text_model: Path, data: Path, tmp_path: Path) -> None:
    """Wherever it is killed, the command or its `--resume` goes on to the same model."""
    out, chosen = tmp_path / "m", tiny.preset(text_model, {"epochs": 1, "batch": 36})

    def work(resume: bool = False) -> None:
        train(chosen, data, out, CPU, lambda line: None, resume)

    work()
    new = (out / "model.safetensors").read_bytes()
    shutil.rmtree(out)
    seen: list[Tree] = []
    for _ in every_kill(work, RENAMES):
        left = tree(out)
        if "config.json" in left:
            load_model(out)
        if left.keys() not in [s.keys() for s in seen]:
            seen.append(left)
            work(resume=STATE in left)
            assert (out / "model.safetensors").read_bytes() == new
            assert not (out / STATE).exists() and hidden(out) == []
        shutil.rmtree(out)
    assert {STATE in left for left in seen} == {"config.json" in left for left in seen}
    assert {"config.json" in left for left in seen} == {False, True}


def test_atlas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(jobs: Any, folder: Path, *_: Any) -> dict[str, dict[str, str]]:
        (folder / "kb_image" / "a.jpg").write_bytes(b"a")
        return {}

    monkeypatch.setattr(dataset, "_draw_all", drawn)
    out = tmp_path / "here" / "atlas"
    for _ in every_kill(lambda: dataset.write_atlas(out, 0, (4, 4, 4), 1)):
        assert not out.exists() or (out / "ATLAS_test_evidence.json").is_file()
        shutil.rmtree(out, ignore_errors=True)
    assert out.is_dir() and hidden(out.parent) == []


def test_examples(data: Path, tmp_path: Path) -> None:
    def example(name: str) -> Example:
        image = data / "kb_image" / f"{name}-state.png"
        return Example(image, f"{name} won", name, (0, len(name)), "text", name)

    out = tmp_path / "here" / "examples"
    make_examples.write([example("Mali")], out)
    old = tree(out)
    is_old_or_new(lambda: make_examples.write([example("Chad")], out), out, old)
    assert [e.mention for e in load_examples(out)] == ["Chad"]


@pytest.fixture(scope="module")
def explanations(linker: EntityLinker) -> list[Any]:
    mention, explainer = Mention("Norway", "Norway won"), Explainer(linker)
    ids = linker.index.entities.column("id")[:2]
    return [explainer.explain(mention, entity, method=None) for entity in ids]


def test_explain(explanations: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Good figures are never cut, also where drawing the new ones fails."""
    figures = {"words": Figure((1, 1)), "gates": Figure((2, 1))}
    monkeypatch.setattr("analysis.explanation.drawings", lambda _: figures)
    write_explanation(explanations[0], tmp_path)
    old = tree(tmp_path)
    assert len(old) == 2 + 2 * len(figures)
    figures["words"] = Figure((1, 2))
    each_is_old_or_new(lambda: write_explanation(explanations[1], tmp_path), tmp_path, old)

    def broken(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("analysis.explanation.drawings", broken)
    new = tree(tmp_path)
    with pytest.raises(RuntimeError):
        write_explanation(explanations[0], tmp_path)
    assert tree(tmp_path) == new


def part(number: int) -> Section:
    frame = pd.DataFrame({"a": [number]})
    return Section(
        "evaluate", "Title", [], {"t": ReportTable("T", frame)}, {"f": Figure((1, 1 + number))}
    )


def test_a_part_of_the_report(tmp_path: Path) -> None:
    """The record that calls a part complete never stands beside files of another one."""
    write_section(part(0), tmp_path, {"seed": 0})
    old = tree(tmp_path)
    write_section(part(1), tmp_path, {"seed": 1})
    new = tree(tmp_path)
    put_back(tmp_path, old)
    for _ in every_kill(lambda: write_section(part(1), tmp_path, {"seed": 1})):
        left = tree(tmp_path)
        assert all(data in (old[name], new[name]) for name, data in left.items())
        if read_section(tmp_path, "evaluate"):
            assert left in (old, new)
        put_back(tmp_path, old)
    write_section(part(1), tmp_path, {"seed": 1})
    assert tree(tmp_path) == new and hidden(tmp_path) == []


def test_single_files(model_folder: Path, tmp_path: Path) -> None:
    """Predictions, tables and exports through `write_whole`, and a model's threshold."""
    write_whole(tmp_path / "one" / "p.csv", b"old")
    old, row = tree(tmp_path / "one"), [{"id": "1", "scores": [1.0]}]
    is_old_or_new(lambda: write_predictions(tmp_path / "one" / "p.csv", row), tmp_path / "one", old)
    folder = Path(shutil.copytree(model_folder, tmp_path / "two" / "model"))
    is_old_or_new(lambda: update_card(folder, nil={"threshold": 1.0}), folder, tree(folder))


def test_what_is_renamed_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file and its folder are synced before the name changes, and the folder of the name
    after it: what a power cut needs, which no test can make."""
    said: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        said.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        fsync(handle)

    def renamed(one: Path, other: Path) -> None:
        said.append(f"-> {Path(other).name}")
        replace(one, other)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    write_whole(tmp_path / "f", b"x")
    assert said == [".f.part", "-> f", tmp_path.name]
    said.clear()
    with folder_aside(tmp_path / "kb") as new:
        (new / "in").mkdir()
        for name in ("a", "in/b"):
            (new / name).write_bytes(b"x")
    assert said == ["a", ".kb.part", "b", "in", "-> kb", tmp_path.name]


def test_a_signal_while_old_files_are_removed(
    tmp_path: Path, tables: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new one stands, and what it replaced goes all the same."""
    out, unlink = tmp_path / "here" / "KB", os.unlink
    asked: list[tuple[Any, ...]] = []
    import_kb(tables[0], out)

    def interrupted(*arguments: Any, **options: Any) -> None:
        if not asked:
            asked.append(arguments)
            raise KeyboardInterrupt
        unlink(*arguments, **options)

    monkeypatch.setattr(os, "unlink", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_kb(tables[1], out, force=True)
    assert [e.name for e in read_kb(out).entities] == ["Peru"]
    assert [p.name for p in out.parent.iterdir()] == ["KB"]


# --- two at once -----------------------------------------------------------------------------


def test_the_second_import_is_refused(tmp_path: Path, tables: tuple[Path, Path]) -> None:
    """While one writes, and also if it was in time but comes second."""
    out, busy = tmp_path / "KB", "another process is writing there"

    def other(done: int, total: int) -> None:
        with pytest.raises(InputError, match=busy):
            import_kb(tables[1], out, force=True)

    tiny.picture("Mali", "state").save(tmp_path / "a.png")
    shown = tmp_path / "shown.csv"
    shown.write_text("name,description,image\nMali,x,a.png\n", "utf-8")
    import_kb(shown, out, tmp_path, progress=other)
    assert [e.name for e in read_kb(out).entities] == ["Mali"]
    with only_writer(out), pytest.raises(InputError, match=busy):
        import_kb(tables[1], out, force=True)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []


def test_an_import_that_comes_second_replaces_nothing(
    tmp_path: Path, tables: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both found the place empty; the first has written before the second begins to."""
    out = tmp_path / "KB"
    read = import_kb.__globals__["read_table"]

    def slow(table: Path, *rest: Any, **limits: Any) -> Any:
        monkeypatch.undo()
        import_kb(tables[1], out)
        return read(table, *rest, **limits)

    monkeypatch.setitem(import_kb.__globals__, "read_table", slow)
    with pytest.raises(InputError, match="is there already"):
        import_kb(tables[0], out)
    assert [e.name for e in read_kb(out).entities] == ["Peru"]


def test_the_second_training_is_refused(text_model: Path, data: Path, tmp_path: Path) -> None:
    """Its log keeps the columns and rows of one run."""
    out, chosen, said = tmp_path / "m", tiny.preset(text_model, {"epochs": 1}), []

    def report(line: str) -> None:
        if "dev:" in line:
            for resume in (False, True):
                with pytest.raises(InputError) as refused:
                    train(chosen, data, out, CPU, lambda line: None, resume)
                said.append(str(refused.value))

    train(chosen, data, out, CPU, report)
    assert len(said) == 4 and all(f"{out}: another process is writing" in line for line in said)
    lines = (out / "log.csv").read_text().splitlines()
    assert lines[0] == ",".join(COLUMNS) and lines.count(lines[0]) == 1
    assert hidden(out) == []


def test_a_training_is_never_overwritten_by_an_import(tmp_path: Path, own_model: Path) -> None:
    from support import PARITY

    from mimic.model.checkpoint import import_checkpoint

    (own_model / "log.csv").touch()
    before = tree(own_model)
    with pytest.raises(InputError, match=r"holds a model and more \(log.csv\)"):
        import_checkpoint(PARITY / "official_style.ckpt", str(PARITY / "clip"), own_model)
    assert tree(own_model) == before


# --- full disks ------------------------------------------------------------------------------


@contextmanager
def small_files() -> Iterator[None]:
    """No file may have more than some bytes, which fails like a full disk. Not for a whole test:
    what pytest prints may go to a file, too."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, limit[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)


def test_atlas_and_bundle_say_that_the_disk_is_full(
    model_folder: Path, data: Path, tmp_path: Path
) -> None:
    why = os.strerror(errno.EFBIG)
    for work in (
        lambda out: dataset.write_atlas(out, 0, (4, 4, 4), 1),
        lambda out: bundle(model_folder, data, out),
    ):
        with pytest.raises(InputError) as told, small_files():
            work(tmp_path / "out")
        assert str(told.value) == f"{tmp_path / 'out'}: cannot be written ({why})"
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        assert list(tmp_path.iterdir()) == []


def test_an_error_without_a_number_is_told_in_its_words(
    model_folder: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("encoder error -2")

    monkeypatch.setattr(Image.Image, "save", broken)
    with pytest.raises(InputError, match=r"cannot be written \(encoder error -2\)"):
        bundle(model_folder, data, tmp_path / "out")


def test_files_aside_leaves_what_is_not_named(tmp_path: Path) -> None:
    """A folder of nothing else goes as a whole, with what is not written again."""
    for more in (False, True):
        folder = tmp_path / str(more)
        folder.mkdir()
        for name in ("a", "b", *(["mine"] * more)):
            (folder / name).write_text("old")
        with files_aside(folder, ("a", "b")) as new:
            (new / "a").write_text("new")
        left = {p.name: p.read_text() for p in folder.iterdir()}
        assert left == {"a": "new", **({"b": "old", "mine": "old"} if more else {})}
    with pytest.raises(OSError, match="full"), files_aside(folder, ("a",)) as new:
        (new / "a").write_text("half")
        raise OSError("full")
    assert (folder / "a").read_text() == "new" and hidden(tmp_path) == []
