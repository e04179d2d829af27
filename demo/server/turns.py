"""Puts the gate around the work of a page, and every failure of it into words.

All doors of Gradio lead through two methods of its `Blocks`: the queue, `/run`, `/call`, the page's
own handlers and the tools of MCP.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction

from demo.messages import translated
from demo.server.gate import AbsentError, BusyError, Caller, Gate, Reader
from demo.texts import LANGUAGES, preferred, words
from mimic.errors import InputError

log = logging.getLogger(__name__)

#: Where a request carries the status of its answer.
STATUS = "mimic.status"


def install(page: gr.Blocks) -> Gate:
    """Lets every function of a page take its turn at a gate, which is returned."""
    gate, call, process = Gate(), page.call_function, page.process_api

    async def gated(
        function: BlockFunction,
        values: list[Any],
        iterator: Any = None,
        requests: Any = None,
        event_id: str | None = None,
        *rest: Any,
        **options: Any,
    ) -> dict[str, Any]:
        known = (function, values, iterator, requests, event_id, *rest)
        if function.concurrency_limit is None or _is_farewell(function):
            # it only looks at how far something is, or tidies up after somebody who has gone
            return await call(*known, **options)
        lane = gate.lane(function.concurrency_id)
        if event_id is None:  # round the queue, where nobody asked yet
            gate.admit(lane, queued(page, gate, lane))
        async with gate.turn(lane, _caller(page, requests, event_id)):
            return await call(*known, **options)

    async def told(
        block_fn: BlockFunction, inputs: list[Any], *rest: Any, **options: Any
    ) -> dict[str, Any]:
        request = getattr(options.get("request"), "request", None)
        with _in_words(_language(block_fn, inputs, request), request):
            return await process(block_fn, inputs, *rest, **options)

    page.call_function = gated  # type: ignore[method-assign, assignment]
    page.process_api = told  # type: ignore[method-assign, assignment]
    return gate


def _is_farewell(function: BlockFunction) -> bool:
    return any(event == "unload" for _, event in function.targets)


def queued(page: gr.Blocks, gate: Gate, lane: str) -> int:
    """How many calls of a lane wait in Gradio's queue."""
    lines = page._queue.event_queue_per_concurrency_id.items()
    return sum(len(line.queue) for name, line in lines if gate.lane(name) == lane)


def _caller(page: gr.Blocks, requests: Any, event_id: str | None) -> Caller:
    """Who waits for a call: the connection itself, or whoever reads what the queue says."""
    if event_id is None:
        connection = getattr(requests, "request", None)
        return Caller(_never if connection is None else connection.is_disconnected)
    queue = page._queue
    event = queue.event_ids_to_events.get(event_id)

    def lies_empty() -> bool | None:
        if event is None or not event.alive:
            return None
        messages = queue.pending_messages_per_session.get(event.session_hash)
        return None if messages is None else bool(messages.empty())

    return Caller(Reader(lies_empty, event.enqueue_time if event else 0.0).is_gone)


async def _never() -> bool:
    return False


@contextmanager
def _in_words(language: str, request: Any) -> Iterator[None]:
    """Every failure of a call in words; what is no mistake of the caller's goes to the log, too.

    The request learns the HTTP status of it, since Gradio answers 500 to them all.
    """
    status, message = 422, ""
    try:
        yield
        return
    except gr.Error:
        if request is not None:
            request.scope[STATUS] = status
        raise
    except InputError as error:
        message = str(error)
    except (BusyError, AbsentError) as refused:
        status, message = 503, str(refused)
    except Exception:
        log.exception("a function of the page failed")
        status, message = 500, words(language)["failed"]
    if request is not None:
        request.scope[STATUS] = status
    raise gr.Error(translated(message, language), print_exception=False)


def _language(function: BlockFunction, values: Sequence[Any], request: Any) -> str:
    """The page's own language, which its handlers are given; a program's by its header."""
    if function.api_visibility != "public":
        chosen = [value for value in values[:2] if isinstance(value, str) and value in LANGUAGES]
        if chosen:
            return chosen[0]
    return preferred(request.headers.get("accept-language", "") if request is not None else "")
