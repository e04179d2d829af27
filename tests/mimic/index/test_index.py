"""A stored index: built, resumed, changed, and whole after every accident."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from filelock import FileLock
from support import tiny

from mimic.__main__ import main
from mimic.data.layout import read_kb
from mimic.errors import InputError
from mimic.index import shard_writer, shards
from mimic.index.entity_encoder import EntityEncoder
from mimic.index.entity_index import EntityIndex
from mimic.linking.linker import EntityLinker
from mimic.model.mimic import Side, fingerprint, load_model
from mimic.model.processor import Processor, load_tokenizer
from mimic.schema import Entity, Mention

MENTION = Mention("Norway", "a goal of Norway in the game")


class Counted(EntityEncoder):
    """An encoder that notes what it is asked to encode, and can fail at an entity."""

    def __init__(self, *arguments: Any, fail: str = "") -> None:
        super().__init__(*arguments)
        self.asked: list[str] = []
        self.fail = fail

    def rows(self, entities: Sequence[Entity], dtype: str, tick: Callable[[int], None]) -> Any:
        for entity in entities:
            if entity.id == self.fail:
                raise KeyboardInterrupt
            self.asked.append(entity.id)
        return super().rows(entities, dtype, tick)


@pytest.fixture(scope="module")
def parts(model_folder: Path) -> tuple[Any, ...]:
    net, _ = load_model(model_folder)
    return net, Processor(net.config, load_tokenizer(net.config, model_folder)), "model"


@pytest.fixture
def encoder(parts: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Shards of four: the nine entities of the tiny data take three."""
    monkeypatch.setattr("mimic.index.entity_index.SHARD", 4)
    return Counted(*parts)


@pytest.fixture
def entities(own_data: Path) -> tuple[Entity, ...]:
    return read_kb(own_data).entities


@pytest.fixture(scope="module")
def mention(linker: EntityLinker) -> Side:
    return linker.mention_side([MENTION])[0]


def scores(index: EntityIndex, mention: Side) -> dict[str, float]:
    found = index.scores(mention)["score"][0].tolist()
    return dict(zip(index.entities.column("id"), found, strict=True))


def files(folder: Path) -> dict[str, bytes]:
    found = (f for f in folder.iterdir() if f.is_file() and f.name != shards.LOCK)
    return {f.name: f.read_bytes() for f in found}


def test_what_is_built_is_there_again(
    encoder: Counted, entities: tuple[Entity, ...], linker: EntityLinker, mention: Side,
    tmp_path: Path,
) -> None:  # fmt: skip
    seen: list[tuple[int, int]] = []
    built = EntityIndex.build(tmp_path, encoder, entities, progress=lambda *at: seen.append(at))
    assert list(built.entities) == list(entities) and len(built) == 9
    assert built.entities[-1] == entities[-1] and built.entities[2:4] == list(entities[2:4])
    assert seen[-1] == (9, 9) and seen == sorted(seen)
    assert len(list(tmp_path.glob("*.safetensors"))) == 3
    whole = linker.index.query(mention).scores()["score"]
    torch.testing.assert_close(built.scores(mention)["score"], whole)
    again = EntityIndex.open(tmp_path, encoder.net, "model")
    assert scores(again, mention) == scores(built, mention)


def test_building_again_encodes_nothing_and_writes_nothing(
    encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    EntityIndex.build(tmp_path, encoder, entities)
    before, encoder.asked = files(tmp_path), []
    EntityIndex.build(tmp_path, encoder, entities)
    assert encoder.asked == [] and files(tmp_path) == before


def test_an_interrupted_build_goes_on(
    encoder: Counted, entities: tuple[Entity, ...], mention: Side, tmp_path: Path
) -> None:
    encoder.fail = entities[5].id
    with pytest.raises(KeyboardInterrupt):
        EntityIndex.build(tmp_path / "a", encoder, entities)
    assert not (tmp_path / "a" / shards.MANIFEST).exists()
    encoder.fail, encoder.asked = "", []
    resumed = EntityIndex.build(tmp_path / "a", encoder, entities)
    assert encoder.asked == [e.id for e in entities[4:]]
    whole = EntityIndex.build(tmp_path / "b", encoder, entities)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert scores(resumed, mention) == scores(whole, mention)


def test_only_what_changed_is_encoded_again(
    encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    EntityIndex.build(tmp_path, encoder, entities)
    picture = entities[3].image
    assert picture is not None
    tiny.picture("Mali", "state").resize((90, 70)).save(picture)
    changed = [dataclasses.replace(entities[0], name="Peru"), *entities[1:]]
    encoder.asked = []
    index = EntityIndex.build(tmp_path, encoder, [*changed[1:], changed[0]])
    assert sorted(encoder.asked) == sorted([entities[0].id, entities[3].id])
    assert [e.name for e in index.entities] == [e.name for e in [*changed[1:], changed[0]]]


def test_add_update_and_remove_equal_a_new_build(
    encoder: Counted, entities: tuple[Entity, ...], mention: Side, tmp_path: Path
) -> None:
    index = EntityIndex.build(tmp_path / "a", encoder, entities[:6])
    encoder.asked = []
    index = index.add(encoder, entities[6:])
    other = dataclasses.replace(entities[2], description="a country in africa")
    index = index.update(encoder, [other])
    index = index.remove(encoder, [entities[0].id, entities[4].id])
    assert encoder.asked == [e.id for e in entities[6:]] + [other.id]
    left = [entities[1], other, entities[3], *entities[5:]]
    assert list(index.entities) == left
    new = EntityIndex.build(tmp_path / "b", encoder, left)
    expected = scores(new, mention)
    assert scores(index, mention) == pytest.approx(expected, abs=1e-5)
    assert scores(EntityIndex.open(tmp_path / "a", encoder.net, "model"), mention) == pytest.approx(
        expected, abs=1e-5
    )


def test_changes_that_cannot_be_made(
    encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    index = EntityIndex.build(tmp_path, encoder, entities[:3])
    before = files(tmp_path)
    with pytest.raises(InputError, match="there already; use update"):
        index.add(encoder, entities[:1])
    with pytest.raises(InputError, match="twice"):
        index.add(encoder, [entities[5], entities[5]])
    with pytest.raises(InputError, match="update: no entity"):
        index.update(encoder, entities[5:6])
    with pytest.raises(InputError, match="remove: no entity 'Q0' in the index"):
        index.remove(encoder, ["Q0"])
    with pytest.raises(InputError, match="nothing would be left"):
        index.remove(encoder, [e.id for e in entities[:3]])
    encoder.model = "other"
    with pytest.raises(InputError, match="another model"):
        index.add(encoder, entities[5:6])
    with pytest.raises(InputError, match="at least one entity"):
        EntityIndex.build(tmp_path / "none", encoder, [])
    assert files(tmp_path) == before


@pytest.mark.parametrize("point", ["replace", "save_file", "unlink"])
def test_a_crash_in_a_change_leaves_the_old_state(
    point: str, encoder: Counted, entities: tuple[Entity, ...], mention: Side, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Whatever step fails, the folder opens as before or as after, and is then finished."""
    index = EntityIndex.build(tmp_path, encoder, entities)
    before = scores(index, mention)
    owner: Any = {"replace": shard_writer.os, "save_file": shard_writer, "unlink": Path}[point]
    real, left = getattr(owner, point), 0

    def failing(*arguments: Any, **options: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError("No space left on device")
        return real(*arguments, **options)

    for fail_at in range(1, 5):
        left = fail_at
        with monkeypatch.context() as patch:
            patch.setattr(owner, point, failing)
            try:
                index.remove(encoder, [entities[0].id])
            except InputError as error:
                assert "No space left" in str(error)
        opened = scores(EntityIndex.open(tmp_path, encoder.net, "model"), mention)
        assert opened == {k: before[k] for k in opened}
        if entities[0].id not in opened:
            break
    index = EntityIndex.open(tmp_path, encoder.net, "model")
    if entities[0].id in index.entities.rows:
        index.remove(encoder, [entities[0].id])
    index = EntityIndex.build(tmp_path, encoder, entities[1:])
    assert not list(tmp_path.glob("*.part"))
    assert len(list(tmp_path.glob("*.safetensors"))) == 2


def test_two_builders_on_one_folder(
    encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    index = EntityIndex.build(tmp_path, encoder, entities[:5])
    before = files(tmp_path)
    with (
        FileLock(tmp_path / shards.LOCK),
        pytest.raises(InputError, match="another process is writing"),
    ):
        index.add(encoder, entities[5:])
    assert files(tmp_path) == before


def test_a_refused_builder_leaves_the_first_ones_files_alone(
    encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second one comes while the first one's file lies aside, and cannot write."""
    save, refused = shard_writer.save_file, []

    def meanwhile(tensors: Any, part: Path) -> None:
        save(tensors, part)
        with pytest.raises(InputError, match="another process is writing") as told:
            EntityIndex.build(tmp_path, encoder, entities[:4])
        refused.append(str(told.value))

    monkeypatch.setattr(shard_writer, "save_file", meanwhile)
    index = EntityIndex.build(tmp_path, encoder, entities)
    assert len(refused) == 3 and list(index.entities) == list(entities)
    assert not list(tmp_path.glob("*.part"))


def test_what_a_killed_builder_left_aside_is_removed(
    encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    (tmp_path / "shard-0123456789abcdef01234567.safetensors.part").write_bytes(b"half")
    EntityIndex.build(tmp_path, encoder, entities)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("change", ["add", "update", "remove"])
def test_two_handles_lose_nothing(
    change: str, encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    one = EntityIndex.build(tmp_path, encoder, entities[:5])
    other = EntityIndex.open(tmp_path, encoder.net, "model")
    one = one.add(encoder, [entities[5]])
    before = files(tmp_path)
    new = dataclasses.replace(entities[0], name="Peru")
    given = {"add": [entities[6]], "update": [new], "remove": [entities[0].id]}[change]
    with pytest.raises(InputError, match="was changed after it was opened here; nothing was wri"):
        getattr(other, change)(encoder, given)
    assert files(tmp_path) == before
    again = EntityIndex.open(tmp_path, encoder.net, "model")
    assert list(again.entities) == list(entities[:6])
    after = getattr(again, change)(encoder, given)
    assert entities[5].id in after.entities.rows
    with pytest.raises(InputError, match="was changed after"):
        one.remove(encoder, [entities[5].id])


def test_opening_while_another_writes(
    encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The manifest is read, then replaced and its shards are removed, then they are opened."""
    index = EntityIndex.build(tmp_path, encoder, entities)
    read, left = shards.read_json, 3

    def meanwhile(file: Path) -> Any:
        nonlocal index, left
        found = read(file)
        if left:
            left -= 1
            with monkeypatch.context() as patch:
                patch.setattr(shards, "read_json", read)
                index = index.remove(encoder, [index.entities[0].id])
        return found

    monkeypatch.setattr(shards, "read_json", meanwhile)
    opened = EntityIndex.open(tmp_path, encoder.net, "model")
    assert left == 0 and list(opened.entities) == list(entities[3:])
    for file in tmp_path.glob("*.arrow"):
        file.unlink()
    with pytest.raises(InputError, match="missing; build the index again"):
        EntityIndex.open(tmp_path, encoder.net, "model")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"model": "model"}', '{"format": 1}'])
def test_a_manifest_that_is_none(
    content: str, encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    EntityIndex.build(tmp_path, encoder, entities)
    (tmp_path / shards.MANIFEST).write_text(content)
    with pytest.raises(InputError, match=r"index\.json"):
        EntityIndex.open(tmp_path, encoder.net, "model")


@pytest.mark.parametrize("suffix", [".safetensors", ".arrow"])
@pytest.mark.parametrize("damage", ["cut", "gone", "empty", "noise"])
def test_a_damaged_shard_is_told_and_built_again(
    suffix: str, damage: str, encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    EntityIndex.build(tmp_path, encoder, entities)
    before = files(tmp_path)
    file = sorted(tmp_path.glob(f"*{suffix}"))[0]
    content = file.read_bytes()
    file.unlink()
    if damage != "gone":
        new = {"cut": content[:-40], "empty": b"", "noise": bytes(reversed(content))}[damage]
        file.write_bytes(new)
    with pytest.raises(InputError, match="build the index again"):
        EntityIndex.open(tmp_path, encoder.net, "model")
    EntityIndex.build(tmp_path, encoder, entities)
    assert files(tmp_path) == before


def test_another_model_or_version_is_refused(
    encoder: Counted, entities: tuple[Entity, ...], tmp_path: Path
) -> None:
    EntityIndex.build(tmp_path, encoder, entities)
    with pytest.raises(InputError, match="built with model model, not other"):
        EntityIndex.open(tmp_path, encoder.net, "other")
    tiny.edit(tmp_path / shards.MANIFEST, lambda r: r.update(format=1))
    with pytest.raises(InputError, match=f"format 1, this version reads {shards.FORMAT}"):
        EntityIndex.open(tmp_path, encoder.net, "model")


def test_half_precision_takes_half_the_space(
    encoder: Counted, entities: tuple[Entity, ...], mention: Side, tmp_path: Path
) -> None:
    whole = EntityIndex.build(tmp_path / "a", encoder, entities)
    for dtype in ("float16", "bfloat16"):
        half = EntityIndex.build(tmp_path / dtype, encoder, entities, dtype)
        assert half.dtype == dtype and half.nbytes < 0.65 * whole.nbytes
        close = 2e-3 if dtype == "float16" else 2e-2
        assert scores(half, mention) == pytest.approx(scores(whole, mention), abs=close)


def test_search_keeps_to_what_is_asked(
    encoder: Counted, entities: tuple[Entity, ...], linker: EntityLinker, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    index = EntityIndex.build(tmp_path, encoder, entities)
    many = linker.mention_side([MENTION, Mention("Chad", "the match in Chad")] * 3)[0]
    together = index.search(many, 4)
    monkeypatch.setattr("mimic.index.entity_index.PAIRS", 20)
    apart = index.search(many, 4)
    assert torch.equal(together.rows, apart.rows) and together.rows.shape == (6, 4)
    torch.testing.assert_close(together.total, apart.total)
    chosen = [entities[5].id, entities[1].id]
    assert set(index.search(many, 2, restrict=chosen).rows[0].tolist()) == {1, 5}
    for arguments, message in (
        ((0,), "from 1 to 9"),
        ((10,), "from 1 to 9"),
        ((3, chosen), "from 1 to 2"),
        ((1, ["Q0"]), "no entity 'Q0'"),
        ((1, None, (1.0, -1.0, 0.0)), "none negative"),
    ):
        with pytest.raises(InputError, match=message):
            index.search(many, *arguments)


def test_the_command_tells_what_it_could_not_read(
    model_folder: Path, own_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entity = read_kb(own_data).entities[1]
    assert entity.image is not None
    entity.image.write_bytes(b"no picture")
    options = ["--model", str(model_folder), "--kb", str(own_data), "--out", str(tmp_path / "i")]
    assert main(["index", *options, "--dtype", "float16", "--batch-size", "2"]) == 0
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    assert (report["entities"], report["unreadable"], report["missing_images"]) == (9, 1, 0)
    assert entity.image.name in printed.err
    moved = shutil.move(tmp_path / "i", tmp_path / "moved")
    net, _ = load_model(model_folder)
    index = EntityIndex.open(Path(moved), net, fingerprint(model_folder))
    assert len(index.unreadable) == 1 and index.nbytes == report["bytes"]


def test_aliases_are_kept_and_cost_no_encoding(
    tmp_path: Path, encoder: Counted, entities: tuple[Entity, ...]
) -> None:
    folder = tmp_path / "index"
    before = [s.name for s in EntityIndex.build(folder, encoder, entities)._shards]
    encoder.asked.clear()
    named = [dataclasses.replace(entities[0], aliases=("Norge",), url="http://a"), *entities[1:]]
    index = EntityIndex.build(folder, encoder, named)
    after = [s.name for s in index._shards]
    assert encoder.asked == [] and list(index.entities) == named
    assert after[0] != before[0] and after[1:] == before[1:]
    index = index.remove(encoder, [entities[1].id])
    assert index.entities[0] == named[0]


def test_a_type_that_the_facts_say_leaves_the_shards_as_they_are(
    tmp_path: Path, encoder: Counted, entities: tuple[Entity, ...]
) -> None:
    said = [dataclasses.replace(e, description="Type: state.") for e in entities]
    names = [s.name for s in EntityIndex.build(tmp_path / "a", encoder, said)._shards]
    typed = [dataclasses.replace(e, type="state") for e in said]
    index = EntityIndex.build(tmp_path / "a", encoder, typed)
    assert [s.name for s in index._shards] == names


def test_an_index_of_before_there_were_aliases_opens(
    tmp_path: Path, encoder: Counted, entities: tuple[Entity, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [dataclasses.replace(e, description="Type: state.") for e in entities]
    with monkeypatch.context() as before:
        before.setattr("mimic.index.shard_writer.with_names", lambda table, _: table)
        index = EntityIndex.build(tmp_path / "a", encoder, said)
    assert list(index.entities) == [dataclasses.replace(e, type="state") for e in said]


def test_aliases_in_the_data_need_no_new_index(
    model_folder: Path, own_data: Path, tmp_path: Path
) -> None:
    options = ["--model", str(model_folder), "--kb", str(own_data), "--out", str(own_data)]
    assert main(["index", *options]) == 0
    stored = {file: file.read_bytes() for file in own_data.glob("shard-*")}
    tiny.edit(own_data / "kb_entity.json", lambda kb: kb[0].update(aliases=["Norge"], type="team"))
    linker = EntityLinker.load(model_folder, own_data, "cpu")
    assert (linker.entity(0).aliases, linker.entity(0).type) == (("Norge",), "team")
    assert {file: file.read_bytes() for file in own_data.glob("shard-*")} == stored
