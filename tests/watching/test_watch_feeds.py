"""Items of feeds are read once, whatever the server and the feed do."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from feed_texts import item, rss

from temoin.casefile import Case
from temoin.casefile.schema import Acquisition
from temoin.watching import feeds
from temoin.watching.fetching import AGENT

if TYPE_CHECKING:
    from watched import Desk, Web

SHELLED = "The army shelled Mizda yesterday."
TAKEN = "Les rebelles ont pris Kidal mardi."
PAGE = (
    f"<html><head><title>Page</title></head><body><article><p>{SHELLED}</p></article></body></html>"
)


def test_items_are_read_once(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", rss(item(SHELLED, "1"), item(TAKEN, "2")))
    desk.watch(feed)
    assert sorted(desk.texts()) == sorted([SHELLED, TAKEN])
    assert desk.watch(feed).metrics.counts() == {"added": 0, "known": 0, "failed": 0}


def test_the_server_is_told_who_asks_and_what_is_known(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", rss(item(SHELLED, "1")), ETag='"a"', Last_Modified="yesterday")
    desk.watch(feed)
    desk.watch(feed)
    asked = [headers for path, headers in web.asked if path == "/feed"]
    assert asked[0]["User-Agent"] == AGENT
    assert asked[1]["If-None-Match"] == '"a"'
    assert asked[1]["If-Modified-Since"] == "yesterday"


def test_not_modified_is_no_failure(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", "", status=304)
    desk.watch(feed)
    assert desk.failures() == {}


def test_marks_are_kept_only_when_all_items_are_settled(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", rss(item(SHELLED, "1"), item(TAKEN, "2")), ETag='"a"')
    with desk.watching(feed, once=True) as watch:
        watch.stop.set()  # killed before anything was read
        watch.run()
    desk.watch(feed)
    assert len(desk.texts()) == 2
    assert all("If-None-Match" not in headers for path, headers in web.asked if path == "/feed")


def test_changed_guids_double_nothing(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", rss(item(SHELLED, "1")))
    desk.watch(feed)
    web.serves("/feed", rss(item(SHELLED, "other")))
    assert desk.watch(feed).metrics.counts() == {"added": 0, "known": 1, "failed": 0}


def test_duplicate_items_are_one(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", rss(*[item(SHELLED, "1", f"{web.address}/1")] * 5))
    assert desk.watch(feed).metrics.counts()["added"] == 1


def test_one_guid_for_all_items_loses_none(desk: Desk, web: Web) -> None:
    texts = [f"{SHELLED} Number {number}." for number in range(4)]
    feed = web.serves(
        "/feed", rss(*(item(text, "same", f"{web.address}/{text[-2]}") for text in texts))
    )
    desk.watch(feed)
    assert sorted(desk.texts()) == texts


def test_two_items_with_one_link_are_both_read(desk: Desk, web: Web) -> None:
    link = f"{web.address}/live"
    feed = web.serves("/feed", rss(item(SHELLED, "1", link), item(TAKEN, "2", link)))
    desk.watch(feed)
    assert sorted(desk.texts()) == sorted([SHELLED, TAKEN])


def test_two_feeds_with_one_text_give_one_document(desk: Desk, web: Web) -> None:
    one = web.serves("/one", rss(item(SHELLED, "1", f"{web.address}/1")))
    two = web.serves("/two", rss(item(SHELLED, "x", f"{web.address}/2")))
    desk.watch(one, two)
    assert desk.texts() == [SHELLED]
    with Case.open(desk.case) as case, case.reading() as session:
        places = {each.location for each in session.query(Acquisition)}
    assert places == {f"{web.address}/1", f"{web.address}/2"}


def test_a_file_is_a_feed_too(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(item(SHELLED, "1")))
    desk.watch(path.as_uri())
    desk.watch(path.as_uri())
    assert desk.texts() == [SHELLED]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 429, 500, 502, 503])
def test_a_refusal_is_told(desk: Desk, web: Web, status: int) -> None:
    feed = web.serves("/feed", "no", status=status)
    desk.watch(feed)
    assert f"answers {status}" in desk.failures()[feed]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<rss><chan", "no feed|without|damaged"),
        (b"", "no feed|damaged"),
        (b"\xff\xfe\0\0", "no feed|damaged"),
        (b"<html><body>Log in</body></html>", "no RSS or Atom"),
        (b'{"items": []}', "no feed|damaged"),
        (
            b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>',
            "entities",
        ),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>', "entities"),
        (b"<rss>" + b"x" * 200_000 + b"</rss>", "more than"),
    ],
)
def test_what_is_no_feed_is_told(desk: Desk, web: Web, body: bytes, told: str) -> None:
    feed = web.serves("/feed", body)
    desk.watch(feed)
    cause = desk.failures().get(feed, "without")
    assert any(each in cause for each in told.split("|"))
    assert desk.texts() == []


def test_a_small_fault_is_put_up_with(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", rss(item(SHELLED, "1"), "<item><title>A & B</item>")[:-20])
    desk.watch(feed)
    assert SHELLED in desk.texts()


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_dawdles_is_given_up(desk: Desk, web: Web, part: str) -> None:
    def dawdle(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"\r\n" if part == "body" else b"X-A: "))
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.1)

    web.answers["/feed"] = dawdle
    begun = time.monotonic()
    desk.watch(f"{web.address}/feed", seconds=1.0)
    assert time.monotonic() - begun < 8
    assert "too long" in desk.failures()[f"{web.address}/feed"]


def test_an_answer_that_breaks_off_is_told(desk: Desk, web: Web) -> None:
    def broken(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>")

    web.answers["/feed"] = broken
    desk.watch(f"{web.address}/feed")
    assert "breaks off" in desk.failures()[f"{web.address}/feed"]


def test_a_compressed_bomb_is_not_unpacked(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", b"\x1f\x8b" + b"\0" * 100, Content_Encoding="gzip")
    desk.watch(feed)
    assert "compressed" in desk.failures()[feed]


def test_a_redirect_on_the_same_host_is_followed(desk: Desk, web: Web) -> None:
    web.serves("/new", rss(item(SHELLED, "1")))
    feed = web.serves("/old", "", status=301, Location="/new")
    desk.watch(feed)
    assert desk.texts() == [SHELLED]


@pytest.mark.parametrize(
    "location",
    ["http://localhost.example/feed", "file:///etc/passwd", "ftp://127.0.0.1/a", "//10.0.0.1/x"],
)
def test_a_redirect_elsewhere_is_told(desk: Desk, web: Web, location: str) -> None:
    feed = web.serves("/feed", "", status=302, Location=location)
    desk.watch(feed)
    assert "is redirected to" in desk.failures()[feed]


def test_a_loop_of_redirects_ends(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", "", status=302, Location="/feed")
    desk.watch(feed)
    assert "more than 5 times" in desk.failures()[feed]


def test_robots_may_forbid(desk: Desk, web: Web) -> None:
    web.serves("/robots.txt", "User-agent: temoin\nDisallow: /\n")
    feed = web.serves("/feed", rss(item(SHELLED, "1")))
    desk.watch(feed)
    assert "robots.txt forbids" in desk.failures()[feed]
    assert web.asked_for("/feed") == 0


def test_robots_that_cannot_be_had_are_waited_for(desk: Desk, web: Web) -> None:
    web.serves("/robots.txt", "", status=503)
    feed = web.serves("/feed", rss(item(SHELLED, "1")))
    desk.watch(feed)
    assert "robots.txt" in desk.failures()[feed]


def test_retry_after_is_kept_to(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", "", status=429, Retry_After="3600")
    watched(desk, feed, 1.0)
    assert web.asked_for("/feed") == 1


def test_a_feed_that_is_gone_is_not_asked_again(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", "", status=410)
    watched(desk, feed, 1.0)
    assert web.asked_for("/feed") == 1


def test_failures_of_a_feed_make_it_rarer_and_are_told_once(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", "", status=500)
    watched(desk, feed, 2.5)
    assert 2 <= web.asked_for("/feed") <= 5  # 0.2 s, 0.4 s, 0.8 s, ...


def test_a_feed_that_comes_back_leaves_the_list(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", "", status=500)
    desk.watch(feed)
    web.serves("/feed", rss(item(SHELLED, "1")))
    desk.watch(feed)
    assert desk.failures() == {}


def test_an_item_without_text_is_told(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", rss(item("", "1", f"{web.address}/1")))
    desk.watch(feed)
    assert "--follow" in desk.failures()[f"{web.address}/1"]


def test_pages_are_fetched_only_if_asked_for(desk: Desk, web: Web) -> None:
    page = web.serves("/page", PAGE)
    feed = web.serves("/feed", rss(item("Short.", "1", page)))
    desk.watch(feed)
    assert web.asked_for("/page") == 0


def test_followed_pages_are_read_once(desk: Desk, web: Web) -> None:
    page = web.serves("/page", PAGE)
    feed = web.serves("/feed", rss(item("Short.", "1", page)))
    desk.watch(feed, follow=True)
    web.serves("/page", PAGE.replace("yesterday", "yesterday, we hear"))
    desk.watch(feed, follow=True)
    assert [SHELLED in text for text in desk.texts()] == [True]
    assert web.asked_for("/page") == 1


def test_a_page_that_changes_is_not_doubled_by_a_lost_state(desk: Desk, web: Web) -> None:
    page = web.serves("/page", PAGE)
    feed = web.serves("/feed", rss(item("Short.", "1", page)))
    desk.watch(feed, follow=True)
    desk.case.with_name("state").unlink()
    web.serves("/page", PAGE.replace("yesterday", "yesterday, we hear"))
    assert desk.watch(feed, follow=True).metrics.counts()["known"] == 1
    assert len(desk.texts()) == 1


def test_a_page_that_fails_is_tried_again_and_then_given_up(desk: Desk, web: Web) -> None:
    page = web.serves("/page", "", status=500)
    feed = web.serves("/feed", rss(item("Short.", "1", page)), ETag='"a"')
    for _ in range(feeds.MOST_TRIES + 2):
        desk.watch(feed, follow=True)
    assert web.asked_for("/page") == feeds.MOST_TRIES
    assert "answers 500" in desk.failures()[page]


def test_a_feed_cannot_send_us_into_a_private_network(desk: Desk, web: Web) -> None:
    feed = web.serves("/feed", rss(item("Short.", "1", "http://10.0.0.1/admin")))
    desk.watch(feed, follow=True)
    assert "private network" in desk.failures()["http://10.0.0.1/admin"]


def watched(desk: Desk, feed: str, seconds: float) -> None:
    """Watch for a while."""
    with desk.watching(feed) as watch:
        thread = threading.Thread(target=watch.run)
        thread.start()
        time.sleep(seconds)
        watch.stop.set()
        thread.join(20)
        assert not thread.is_alive()
