"""A feed that is watched: asked now and then by a thread of its own, its new items queued."""

from __future__ import annotations

import queue
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from temoin.reading.extracted import Unreadable
from temoin.reading.source import Page, Source
from temoin.watching.arrivals import Batch, ItemArrival
from temoin.watching.fetching import Answer, Fetcher, FetchError, is_public, shown
from temoin.watching.items import Item, parse
from temoin.watching.state import FeedMemory, State
from temoin.watching.telling import told_cause

if TYPE_CHECKING:
    from temoin.reading.documents import Options
    from temoin.watching.metrics import Metrics
    from temoin.watching.telling import Log

__all__ = ["MOST_TRIES", "Feed", "Habits", "waiting"]

#: Looks at a feed in which an item's page is tried before it is given up.
MOST_TRIES = 5

_LONGEST = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How feeds are asked. Times are seconds.

    Attributes:
        every: Between two looks.
        seconds: Longest time for one answer.
        feed_bytes: Largest feed.
        page_bytes: Largest page.
        follow: Whether to fetch the pages that items link to.
        politeness: Between two pages, unless robots.txt wants more.
    """

    every: float = 900.0
    seconds: float = 60.0
    feed_bytes: int = 10_000_000
    page_bytes: int = 10_000_000
    follow: bool = False
    politeness: float = 1.0


class Feed(threading.Thread):
    """One feed.

    Args:
        address: http, https or file.
        state: What is settled.
        options: What is told of everything that is read.
        habits: How it is asked.
        arrivals: Where new items go; it is bounded, and the feed waits when it is full.
        stop: Set when the watch ends.
        log: Tells what happens.
        metrics: Counts it.
        once: Whether to look once and end.
    """

    def __init__(  # noqa: PLR0913 - one parameter a thing it needs
        self,
        address: str,
        *,
        state: State,
        options: Options,
        habits: Habits,
        arrivals: queue.Queue[ItemArrival],
        stop: threading.Event,
        log: Log,
        metrics: Metrics,
        once: bool,
    ) -> None:
        super().__init__(name="temoin-feed", daemon=True)
        self.address = address
        self.shown = shown(address)
        self._state = state
        self._options = options
        self._habits = habits
        self._arrivals = arrivals
        self._halt = stop
        self._log = log
        self._metrics = metrics
        self._once = once
        self._bad = 0
        self._pages = Fetcher(max_bytes=habits.page_bytes, seconds=habits.seconds)
        self._fetcher = Fetcher(max_bytes=habits.feed_bytes, seconds=habits.seconds)
        self._queued: set[str] = set()
        #: What ended the thread though nobody had stopped it.
        self.defect: BaseException | None = None

    def run(self) -> None:
        """Look again and again."""
        try:
            while not self._halt.is_set():
                pause = self._look()
                if pause is None or self._once or self._halt.wait(pause):
                    return
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            self.defect = error

    def settled(self, key: str) -> None:
        """An item is settled, or given up for this time: it may come again."""
        self._queued.discard(key)

    def _look(self) -> float | None:
        """One look; seconds until the next, None for never."""
        memory = self._state.feed(self.address)
        try:
            answer = self._fetcher.fetch(self.address, etag=memory.etag, modified=memory.modified)
            items, title = self._items(answer)
        except FetchError as error:
            return self._failed(error)
        except Unreadable as error:
            return self._failed(FetchError(told_cause(str(error))))
        self._bad = 0
        if self._state.mend([self.shown]):
            self._log("feed_mended", f"{self.shown}: can be read again", source=self.shown)
        self._metrics.feed("unchanged" if answer.data is None else "changed")
        new = [item for item in items if not self._is_known(item)]
        self._log("feed", source=self.shown, items=len(items), new=len(new))
        self._hand_on(new, answer, title)
        return self._habits.every * random.uniform(0.9, 1.1)  # noqa: S311 - no secret

    def _items(self, answer: Answer) -> tuple[tuple[Item, ...], str | None]:
        if answer.data is None:
            return (), None
        feed = parse(answer.data, url=self.address)
        return feed.items, feed.title

    def _failed(self, error: FetchError) -> float | None:
        """Tell it once, and wait longer each time, with some chance: not all come back at once."""
        self._bad += 1
        self._metrics.feed("failed")
        news = self._state.fail(self.shown, error.cause)
        if error.gone:
            self._log(
                "feed_gone",
                f"{self.shown}: is gone for good, the server says: not asked again",
                level="error",
                source=self.shown,
            )
            return None
        pause = min(self._habits.every * 2.0 ** min(self._bad - 1, 12), _LONGEST)
        pause *= random.uniform(0.8, 1.2)  # noqa: S311
        pause = max(pause, error.wait or 0.0)
        self._log(
            "feed_failed",
            f"{self.shown}: {error.cause}" * news,
            level="warning",
            source=self.shown,
            cause=error.cause,
            again_in=round(pause, 1),
        )
        return pause

    def _is_known(self, item: Item) -> bool:
        return item.key in self._queued or self._state.item(self.address, item.key)[0]

    def _hand_on(self, items: list[Item], answer: Answer, title: str | None) -> None:
        """Queue what is new; with the last of them the server's marks may be kept."""
        batch = Batch(self.address, answer.etag, answer.modified)
        batch.open(whole=not self._queued and answer.data is not None)
        for number, item in enumerate(items):
            try:
                source = self._source(item, title, first=number == 0)
            except FetchError as error:
                self._page_failed(item, error, batch)
                continue
            if self._halt.is_set():
                return  # the batch stays open: the marks are not kept
            arrival = ItemArrival(batch, item.key, source, linked=self._habits.follow)
            batch.open()
            self._queued.add(item.key)
            while not self._halt.is_set():
                try:
                    self._arrivals.put(arrival, timeout=0.5)
                    break
                except queue.Full:
                    continue
        self.settle(batch)

    def settle(self, batch: Batch, *, whole: bool = True) -> None:
        """Part of a look is done: keep the server's marks if nothing of it is left to do."""
        if batch.close(whole=whole):
            self._state.keep_feed(batch.feed, FeedMemory(batch.etag, batch.modified))

    def _source(self, item: Item, title: str | None, *, first: bool) -> Source:
        """An item as a source with its bytes."""
        location = item.link or f"{self.shown}#{item.key}"
        options = self._with_publisher(title)
        page = Page("utf-8", item.title, item.published)
        if self._habits.follow and item.link:
            return self._page(item, options, first=first)
        text = item.text.encode("utf-8", "replace")
        problem = None if text.strip() else "the item has no text; --follow reads its page"
        return Source(location, location, options, page=page, data=text, problem=problem)

    def _page(self, item: Item, options: Options, *, first: bool) -> Source:
        link = item.link or ""
        if not first:
            pause = max(self._habits.politeness, self._pages.delay(link) - 1.0)
            if self._halt.wait(pause):
                raise FetchError("was not fetched: the watch ends")
        host = urlsplit(link).hostname or ""
        if host != urlsplit(self.address).hostname and not is_public(host):
            raise FetchError("links into a private network: not followed", passing=False)
        answer = self._pages.fetch(link)
        page = Page(answer.charset, item.title, item.published)
        return Source(link, link, options, page=page, data=answer.data or b"")

    def _with_publisher(self, title: str | None) -> Options:
        return self._options if self._options.source else replace(self._options, source=title)

    def _page_failed(self, item: Item, error: FetchError, batch: Batch) -> None:
        if self._halt.is_set():
            batch.close(whole=False)
            return
        tries = self._state.item(self.address, item.key)[1] + 1
        settled = not error.passing or tries >= MOST_TRIES
        self._state.keep_item(self.address, item.key, settled=settled, tries=tries)
        batch.open()
        self.settle(batch, whole=settled)
        name = item.link or self.shown
        news = self._state.fail(name, error.cause)
        self._metrics.document("failed", 0.0)
        self._log(
            "failed",
            f"{name}: {error.cause}" * news,
            level="warning",
            source=name,
            cause=error.cause,
        )


def waiting(arrivals: queue.Queue[ItemArrival]) -> Iterator[ItemArrival]:
    """What is queued now."""
    while True:
        try:
            yield arrivals.get_nowait()
        except queue.Empty:
            return
