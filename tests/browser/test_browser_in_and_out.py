"""Reports come in by dropping and pasting, and what is filtered goes out."""

from __future__ import annotations

import csv
from pathlib import Path

from browsing import Tab, say
from playwright.sync_api import expect

REPORT = "The army shelled Mizda yesterday. SLOW. The rebels captured Kidal, according to Radio X."

#: Drops a file on the page as a hand would.
_DROP = """([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: 'text/plain' }));
  for (const type of ['dragenter', 'dragover', 'drop'])
    document.querySelector('main').dispatchEvent(
      new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data }));
}"""


def test_a_file_that_is_dropped_is_read_and_opened(tab: Tab) -> None:
    tab.go("claims")
    tab.page.locator("main .claim").first.wait_for()
    tab.page.evaluate(_DROP, ["dropped.txt", REPORT])
    dialog = tab.page.get_by_role("dialog", name=say("add.title"))
    expect(dialog).to_contain_text("dropped.txt")
    dialog.get_by_label(say("add.published")).fill("2020-05-04")
    tab.shoot("drop")
    dialog.get_by_role("button", name=say("add.read"), exact=True).click()
    tab.wait_until("location.hash.startsWith('#read?')")
    expect(tab.page.locator(".text h1")).to_contain_text("dropped")
    expect(tab.page.locator(".text .trigger")).to_have_count(2)
    expect(dialog).to_have_count(0)


def test_a_text_that_is_pasted_is_read_while_a_bar_runs(tab: Tab) -> None:
    tab.go("read")
    tab.press("o")
    dialog = tab.page.get_by_role("dialog", name=say("add.title"))
    dialog.get_by_label(say("add.paste")).fill(f"{REPORT} Pasted.")
    dialog.get_by_label(say("add.text-title")).fill("A pasted <b>report</b>")
    dialog.get_by_role("button", name=say("add.read"), exact=True).click()
    expect(dialog.get_by_role("progressbar")).to_be_visible()
    tab.shoot("progress")
    expect(tab.page.locator(".text h1")).to_have_text("A pasted <b>report</b>")
    expect(tab.page.locator(".text .trigger")).to_have_count(2)


def test_a_file_that_cannot_be_read_says_why(tab: Tab) -> None:
    tab.go("read")
    tab.press("o")
    dialog = tab.page.get_by_role("dialog", name=say("add.title"))
    dialog.locator("input[type=file]").set_input_files(
        {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 no"}
    )
    dialog.get_by_role("button", name=say("add.read"), exact=True).click()
    expect(dialog.locator(".note.danger")).to_contain_text("broken.pdf")


def test_what_is_filtered_is_exported_and_no_more(tab: Tab, tmp_path: Path) -> None:
    query = "type:killing lang:en"
    count = tab.ask("/claims", q=query)["total"]
    tab.go("claims", q=query)
    tab.press("x")
    dialog = tab.page.get_by_role("dialog", name=say("export.title"))
    expect(dialog).to_contain_text(say("export.filtered", count=count))
    dialog.get_by_role("radio", name=say("format.csv"), exact=False).first.check()
    tab.shoot("export")
    with tab.page.expect_download() as download:
        dialog.get_by_role("button", name=say("export.run", count=count)).click()
    path = tmp_path / "export.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count
    assert {row["type"] for row in rows} == {"killing"}
    expect(dialog.get_by_role("button", name=say("export.manifest"))).to_be_visible()


def test_the_graph_is_saved_as_a_picture_of_its_own(tab: Tab, tmp_path: Path) -> None:
    tab.go("graph", doc=2)
    tab.page.locator(".graph .node").first.wait_for()
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name=say("graph.download")).click()
    path = tmp_path / "graph.svg"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert text.count("<svg") >= 1
    assert "<script" not in text


def test_the_log_is_verified(tab: Tab) -> None:
    tab.go("audit")
    tab.page.get_by_role("button", name=say("audit.verify")).click()
    expect(tab.page.locator(".note.ok")).to_have_text(say("audit.whole"))
