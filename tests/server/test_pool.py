"""The pool gives a query the answer to that query, whatever befell the one before."""

import asyncio

import pytest

from tests.server.waiting import wait_for
from triplehelix.server.limits import Limits
from triplehelix.server.pool import WorkerPool
from triplehelix.server.problems import Fault
from triplehelix.server.process import Worker
from triplehelix.server.requests import QueryRequest

LARGE = QueryRequest("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 100000", "text/csv")
ENDLESS = QueryRequest("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "text/csv")
LIMITS = Limits(workers=1, spare=0, seconds=0.5)


async def _ask(pool, number):
    result = await pool.answer(QueryRequest(f"SELECT ({number} AS ?n) {{ }}", "text/csv"))
    result.rewind()
    content = result.read()
    result.close()
    return content.split()


def _run(build, work):
    async def live():
        pool = WorkerPool(build / "store", LIMITS)
        await pool.start()
        try:
            await work(pool)
        finally:
            await pool.close()

    wait_for(live())


def test_a_query_that_is_given_up_leaves_nothing_behind(build):
    async def work(pool):
        for number, seconds in enumerate((0.01, 0.03, 0.1)):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(pool.answer(LARGE), seconds)
            assert await _ask(pool, number) == [b"n", b"%d" % number]

    _run(build, work)


def test_a_query_whose_time_is_over_leaves_nothing_behind(build):
    async def work(pool):
        with pytest.raises(Fault, match="timeout"):
            await pool.answer(ENDLESS)
        assert await _ask(pool, 1) == [b"n", b"1"]

    _run(build, work)


def test_a_killed_worker_is_gone_at_once(build):
    """Else it would be asked again before the system tells of its end, and answer with the rest."""

    async def work(pool):
        worker = await Worker.start(build / "store", LIMITS)
        assert worker.is_alive
        worker.kill()
        assert not worker.is_alive
        await worker.wait()

    _run(build, work)
