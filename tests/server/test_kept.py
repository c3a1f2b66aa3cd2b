"""Results are kept as long as there is room, and worked out once for all who ask together."""

import asyncio

import pytest

from tests.server.waiting import wait_for
from triplehelix.server.kept import KeptResults
from triplehelix.server.problems import Fault
from triplehelix.server.results import Result

ROOM = 16 * 100


class Source:
    """Answers after a moment, and counts how often it was asked."""

    def __init__(self, content=b"answer", fault=None):
        self.content, self.fault, self.asked = content, fault, 0

    async def ask(self):
        self.asked += 1
        await asyncio.sleep(0.01)
        if self.fault:
            raise self.fault
        result = Result("text/csv")
        result.write(self.content)
        return result


async def _fetch(kept, key, source):
    result = await kept.fetch(key, "text/csv", source.ask)
    result.rewind()
    content = result.read()
    result.close()
    return content


def _fetch_together(source, times):
    async def run():
        kept = KeptResults(ROOM)
        tasks = (_fetch(kept, b"key", source) for _ in range(times))
        return await asyncio.gather(*tasks, return_exceptions=True)

    return wait_for(run())


def test_who_asks_the_same_together_is_answered_once_for_all():
    source = Source()
    assert _fetch_together(source, 5) == [b"answer"] * 5
    assert source.asked == 1


def test_what_is_too_large_is_asked_by_each():
    source = Source(b"x" * 200)
    assert _fetch_together(source, 3) == [b"x" * 200] * 3
    assert source.asked == 3


def test_a_fault_is_not_kept():
    source = Source(fault=Fault("timeout", limit=5))
    answers = _fetch_together(source, 3)
    assert [type(answer) for answer in answers] == [Fault] * 3
    assert source.asked == 3


def test_who_goes_away_leaves_the_others_to_ask():
    async def run():
        kept, source = KeptResults(ROOM), Source()
        first = asyncio.create_task(_fetch(kept, b"key", source))
        second = asyncio.create_task(_fetch(kept, b"key", source))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await second, source.asked

    assert wait_for(run()) == (b"answer", 2)


def test_the_oldest_make_room():
    async def run():
        kept, sources = KeptResults(ROOM), [Source(b"x" * 90) for _ in range(20)]
        for number, source in enumerate(sources):
            await _fetch(kept, b"%d" % number, source)
        for number in (19, 0):
            await _fetch(kept, b"%d" % number, sources[number])
        return sources[19].asked, sources[0].asked

    assert wait_for(run()) == (1, 2)


def test_an_answer_that_changes_by_itself_is_not_kept(server):
    first, second = (server.ask("SELECT (UUID() AS ?id) { }").json() for _ in range(2))
    assert first != second
