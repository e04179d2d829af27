"""What tests share: small models and data, stand-ins, and paths."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent
PARITY = TESTS / "parity"
#: The fixture `call`: a command in this process.
Run = Any
Result = TypeVar("Result")


def awaited(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine returns, run in a thread of its own: after a test in the browser the main
    thread has a running loop, that of playwright."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, coroutine).result()
