"""Kills a piece of work before its n-th rename, link or delete, in a process of its own."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import pytest

from mimic.io import files

#: What changes names on the disk.
CALLS = (
    (os, "replace"),
    (os, "rename"),
    (os, "link"),
    (os, "symlink"),
    (os, "unlink"),
    (os, "remove"),
    (os, "rmdir"),
    (shutil, "rmtree"),
    (files, "_exchange"),
)


RENAMES = ("replace", "rename", "_exchange")


def killed_before(call: int, work: Callable[[], object], names: Sequence[str] = ()) -> bool:
    """Runs the work in a copy of this process that is killed before its n-th call.

    Returns:
        Whether it was killed; else the work came to its end.
    """
    child = os.fork()
    if not child:
        _run(call, work, names)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, -signal.SIGKILL), code
    return code != 0


def every_kill(work: Callable[[], object], names: Sequence[str] = ()) -> Iterator[int]:
    """Kills the work before every such call, one after the other, and gives the number of each
    after it; whoever asks looks at what is left and puts it back.

    Args:
        names: of the calls that count; none: all.
    """
    for call in itertools.count(1):
        if not killed_before(call, work, names):
            assert call > 1, "the work never renames anything"
            return
        yield call


@contextmanager
def without_exchange() -> Iterator[None]:
    """As on a system that cannot swap two names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_exchange", lambda *_: False)
        yield


def _run(call: int, work: Callable[[], object], names: Sequence[str]) -> NoReturn:
    left = itertools.count(call - 1, -1)
    for module, name in CALLS:
        if names and name not in names:
            continue
        setattr(module, name, _counted(getattr(module, name), left))
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _counted(function: Callable[..., Any], left: Iterator[int]) -> Callable[..., Any]:
    def counted(*arguments: Any, **options: Any) -> Any:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)

    return counted
