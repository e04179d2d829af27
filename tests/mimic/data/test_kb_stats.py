"""What `kb stats` counts, by hand."""

from __future__ import annotations

import json
from pathlib import Path

from support import Run, tiny
from support.commands import one_line
from support.tables import write

from mimic.data.kb_import import import_kb
from mimic.data.kb_stats import kb_stats


def test_stats_by_hand(tmp_path: Path, images: Path) -> None:
    rows = ["a,12345,a.png;none.png", "a,,", "a,1,", "b,123,sub/a.png", "b,12,", "c,1234,"]
    out = tmp_path / "kb"
    import_kb(write(tmp_path, "\n".join(["name,description,image", *rows])), out, images)
    (out / "kb_image" / "000004.png").unlink()
    (out / "fast").mkdir()
    (out / "fast" / "shard-1.safetensors").write_bytes(b"12345")
    (out / "fast" / "shard-1.arrow").write_bytes(b"123")
    (out / "fast" / "index.json").write_bytes(b"{}")
    assert kb_stats(out) == {
        "entities": 6,
        "with_description": 5,
        "without_description": 1,
        "with_picture": 1,
        "pictures": {"referenced": 2, "found": 1, "missing": 1},
        "names": {
            "distinct": 3,
            "shared": 2,
            "entities_sharing": 5,
            "histogram": {"1": 1, "2": 1, "3": 1},
            "most_ambiguous": [["a", 3], ["b", 2]],
        },
        "description_characters": {"min": 1, "median": 3, "p90": 5, "max": 5},
        "indexes": {"fast": 8},
    }


def test_stats_with_a_model_and_as_text(
    call: Run,
    own_data: Path,
    model_folder: Path,
) -> None:
    """`norway [SEP] sport : x . country : norway .` has 12 tokens with both ends, as many as fit"""
    command = ["kb", "stats", own_data, "--model", model_folder]
    tokens = json.loads(call(*command, "--json")[1])["tokens"]
    tiny.edit(own_data / "kb_entity.json", lambda r: r[0].update(attr="we saw " * 9))
    longer = json.loads(call(*command, "--json")[1])["tokens"]
    assert longer == {"limit": 12, "truncated": 1, "truncated_percent": 11.11}
    assert tokens == {"limit": 12, "truncated": 0, "truncated_percent": 0.0}
    code, out, err = call(*command)
    assert code == 0 and err == "" and "entities                 9\n" in out
    assert "3 entities: Norway" in out
    assert "no such file" in one_line(call("kb", "stats", own_data / "none"))
