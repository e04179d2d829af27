"""The gate before the work: one at a time, so many wait, and nothing is done for nobody."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from typing import Any

import pytest
from support import TESTS, awaited

from demo.server import gate
from demo.server.gate import AbsentError, BusyError, Caller, Gate, Lane, Reader, step

# --- the gate alone --------------------------------------------------------------------------


async def here() -> bool:
    return False


async def gone() -> bool:
    return True


def test_works_of_a_lane_take_turns_and_those_of_two_lanes_do_not_wait_for_each_other() -> None:
    running: list[str] = []
    seen: list[tuple[str, ...]] = []

    async def work(door: Gate, lane: str) -> None:
        async with door.turn(lane, Caller(here)):
            running.append(lane)
            seen.append(tuple(sorted(running)))
            await asyncio.sleep(0.01)
            running.remove(lane)

    async def main() -> None:
        door = Gate()
        await asyncio.gather(*(work(door, lane) for lane in ("link", "link", "explain", "link")))

    awaited(main())
    assert ("link", "link") not in seen and ("explain", "link") in seen and len(seen) == 4


def test_two_works_of_any_lanes_run_at_once() -> None:
    running, most = 0, 0

    async def work(door: Gate, lane: str) -> None:
        nonlocal running, most
        async with door.turn(lane, Caller(here)):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    async def main() -> None:
        door = Gate()
        await asyncio.gather(*(work(door, lane) for lane in ("link", "explain", "export", "batch")))

    awaited(main())
    assert most == gate.AT_ONCE == 2


def test_no_more_wait_than_there_is_room_for() -> None:
    async def main() -> None:
        door = Gate({"link": Lane(1, 2)})
        free = asyncio.Event()

        async def work() -> None:
            async with door.turn("link", Caller(here)):
                await free.wait()

        works = [asyncio.create_task(work()) for _ in range(2)]
        await asyncio.sleep(0)
        door.admit("link")  # one is at work, one waits
        works.append(asyncio.create_task(work()))
        await asyncio.sleep(0)
        with pytest.raises(BusyError, match="busy"):
            door.admit("link")
        works[2].cancel()  # who gives up makes room
        await asyncio.sleep(0.01)
        door.admit("link")
        with pytest.raises(BusyError):
            door.admit("link", queued=1)
        free.set()
        await asyncio.gather(*works, return_exceptions=True)
        door.admit("link", queued=1)

    awaited(main())


def test_work_for_nobody_is_not_begun_and_the_next_has_its_turn() -> None:
    async def main() -> None:
        door = Gate()
        with pytest.raises(AbsentError):
            async with door.turn("link", Caller(gone)):
                pytest.fail("it was begun")
        async with door.turn("link", Caller(here)):
            step()

    awaited(main())


def test_a_step_ends_work_whose_caller_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LOOK", 0.01)
    left = False

    async def is_gone() -> bool:
        return left

    def work() -> int:
        nonlocal left
        for done in range(1_000):
            step()
            left = done >= 3
            time.sleep(0.01)
        return 1_000

    async def main() -> None:
        with pytest.raises(AbsentError):
            async with Gate().turn("explain", Caller(is_gone)):
                await asyncio.to_thread(work)

    awaited(main())
    step()  # outside a turn it does nothing


@pytest.mark.parametrize(
    ("empty", "age", "is_gone"),
    [
        ([None], 0.0, True),  # it was given up
        ([False], 0.0, False),  # nobody has come yet
        ([True], 99.0, False),
        ([False, False, True], 99.0, False),  # the reader takes what has just been said
        ([False] * 9, 99.0, True),
    ],
)
def test_a_reader_is_gone_when_messages_lie_for_long(
    empty: list[bool | None], age: float, is_gone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PAUSES", (0.0,) * 5)
    answers = iter(empty)
    reader = Reader(lambda: next(answers), time.monotonic() - age)
    assert awaited(reader.is_gone()) is is_gone


# --- a server --------------------------------------------------------------------------------


def scene(name: str) -> dict[str, Any]:
    """What came of one scene of `gate_server.py`."""
    script = TESTS / "support" / "gate_server.py"
    done = subprocess.run([sys.executable, script, name], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_abandoned_calls_round_the_queue_stop_nobody() -> None:
    found = scene("abandoned")
    assert found["link"] == 200
    assert found["begun"] == 2  # the first, and one that came later: nothing for those between
    assert found["steps"] < 1_000  # of a thousand each


def test_an_explanation_that_nobody_reads_any_more_ends() -> None:
    assert scene("unread")["steps"] < 1_000


def test_who_finds_no_room_is_told_so_at_every_door_in_both_languages() -> None:
    found = scene("busy")
    en, zh = "The server is busy and its queue is full: try again in a moment", "服务器繁忙"
    for path, status in (("run/link", 503), ("call/link", 503), ("queue/join", 429)):
        assert found["said"][f"{path} en"] == [status, en]
        code, said = found["said"][f"{path} zh"]
        assert code == status and said.startswith(zh)
    assert found["statuses"] == [200] * (gate.LANES["link"].waiting + 1)
    assert found["later"] == 200


def test_a_table_that_nobody_reads_ends_and_the_next_is_linked() -> None:
    found = scene("table")
    assert found["done"] and found["links"] < 5_000


def test_the_work_of_the_page_has_its_lanes() -> None:
    assert scene("lanes")["lanes"] == sorted(gate.LANES)
