"""What a command says."""

from __future__ import annotations


def one_line(result: tuple[int, str, str]) -> str:
    code, out, err = result
    assert code == 2 and out == ""
    assert err.startswith("error: ") and err.count("\n") == 1, err
    return err
