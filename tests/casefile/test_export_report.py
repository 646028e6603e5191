"""The HTML report: well-formed, harmless, whole, and true to what is claimed."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pypdfium2 as pdfium
import pytest
from cases import add_reports, decide
from click.testing import CliRunner
from export_cases import EVIL, opened, write

from temoin.casefile import Case
from temoin.casefile.exporting.drawing import Drawing, Spot, map_svg
from temoin.casefile.exporting.labels import LANGUAGES, labels
from temoin.casefile.exporting.pdf import refuse
from temoin.casefile.exporting.timeline import timeline_svg
from temoin.cli import main
from temoin.record import EventType


@pytest.fixture
def exported(tmp_path: Path) -> Iterator[Case]:
    with opened(tmp_path) as case:
        yield case


def page(case: Case, folder: Path, profile: str = "internal", **options: Any) -> tuple[str, Any]:
    out = folder / "report.html"
    write(case, "html", out, profile, **options)
    told = out.read_text("utf-8")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return told, parser.parse(told)


def test_the_page_is_whole_and_runs_and_fetches_nothing(exported: Case, tmp_path: Path) -> None:
    told, tree = page(exported, tmp_path)
    names = {str(each.tag).rpartition("}")[2] for each in tree.iter()}
    assert not names & {"script", "img", "link", "iframe", "object", "form", "image", "use"}
    for each in tree.iter():
        for name, value in each.attrib.items():
            assert not str(name).startswith("on"), name
            assert "javascript:" not in value
            if str(name) in {"href", "src"}:
                assert value.startswith("#")
    assert "url(http" not in told
    assert "@import" not in told
    style = re.search(r"<style>(.*?)</style>", told, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in told
    assert tree.find(".//b") is None, "markup of a report is words"


def test_it_has_every_claim_with_its_sentence_and_marks(exported: Case, tmp_path: Path) -> None:
    decide(exported, 1, "accept")
    _, tree = page(exported, tmp_path)
    articles = {each.get("id"): each for each in tree.iter("article")}
    assert set(articles) == {f"c{n}" for n in range(1, 7)}
    first = "".join(articles["c1"].itertext())
    assert "Mardi, l'armée a bombardé deux dépôts près de Mizda" in first
    assert articles["c1"].find(".//mark").text == "bombardé"
    assert {each.text for each in articles["c1"].iter("span") if each.get("class") == "w"} >= {
        "l'armée", "près de Mizda", "un porte-parole",
    }  # fmt: skip
    assert "accepted" in first
    assert "according to" in first
    assert articles["c2"].get("class") == "claim denied"
    assert articles["c2"].find(".//span").text == "denied:"
    assert "planned:" in "".join(articles["c3"].itertext())
    assert EVIL.replace("\x07", "␇") in "".join(articles["c4"].itertext())
    headings = [each.text for each in tree.iter("h3")]
    assert headings == ["2019-11-12", "2024-03-01 to 2024-03-09", "Without a day"]
    assert sum(str(each.tag).endswith("}svg") for each in tree.iter()) == 2
    assert "not a fact" in tree.find(".//p[@class='statement']").text


def test_labels_are_there_in_both_languages(exported: Case, tmp_path: Path) -> None:
    _, tree = page(exported, tmp_path, language="fr")
    assert tree.get("lang") == "fr"
    assert "nié :" in "".join(tree.itertext())
    assert "non un fait établi" in tree.find(".//p[@class='statement']").text
    for language in LANGUAGES:
        assert all(labels(language).type(str(each)) for each in EventType)
    assert {*labels("en")._words} == {*labels("fr")._words}


def test_without_quotes_no_word_of_a_report_is_there(exported: Case, tmp_path: Path) -> None:
    told, tree = page(exported, tmp_path, "public")
    assert [each.get("id") for each in tree.iter("article")] == ["c6"]
    for word in ("shelled", "Diallo", "hospital", "bombardé", "+223"):
        assert word not in told
    assert "words withheld" in told
    partner, _ = page(exported, tmp_path, "partner")
    assert "Diallo" not in partner
    assert "[person" in partner


def test_an_empty_report_is_a_page(exported: Case, tmp_path: Path) -> None:
    told, tree = page(exported, tmp_path, where="type:siege")
    assert tree.find(".//article") is None
    assert "No claim has a day." in told


def test_contradictions_of_the_last_run_are_told_of_both(case: Case, tmp_path: Path) -> None:
    from temoin.casefile import incidents

    texts = {
        "a.txt": "The army shelled Mizda on Tuesday.",
        "b.txt": "The army did not shelled Mizda on Tuesday.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    add_reports(case, tmp_path)
    _, tree = page(case, tmp_path)
    assert "Nobody has looked" in "".join(tree.itertext())
    incidents.run(case, actor="ana")
    told, tree = page(case, tmp_path)
    assert 'class="contradicts"' in told
    links = [each.get("href") for each in tree.iter("a")]
    assert {"#c1", "#c2"} <= {*links}
    assert "contradicts" in "".join(tree.itertext())
    assert "whether it happened" in "".join(tree.itertext())
    alone, _ = page(case, tmp_path, where="claim:1")
    assert "None was found" in alone, "a claim that is left out is not pointed to"


def test_the_command_draws_the_background(exported: Case, tmp_path: Path) -> None:
    exported.info()
    out = tmp_path / "r.html"
    given = ["export", str(tmp_path / "case.temoin"), "-f", "html", "-o", str(out), "--lang", "fr"]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 0, done.output
    told = out.read_text("utf-8")
    assert 'class="land"' in told
    assert (tmp_path / "r.html.manifest.json").exists()


def test_maps_cross_the_date_line_and_hold_one_point() -> None:
    across = [
        Spot("a", 179.5, 0, 0, "c1", ["denied"]),
        Spot("b", -179.5, 0, 10, "c2", ["affirmed"]),
    ]
    told = map_svg(across, Drawing(), title="t")
    xs = [float(each) for each in re.findall(r'cx="([\d.-]+)"', told)]
    assert all(0 < x < 960 for x in xs)
    assert max(xs) - min(xs) > 300
    alone = map_svg(across[:1], Drawing(), title='"<')
    assert "&quot;&lt;" in alone
    assert "dot doubted" in alone


def test_timelines_of_a_day_and_of_centuries() -> None:
    import datetime as dt

    one = timeline_svg({dt.date(2024, 3, 1): (1, 2)}, title="t")
    assert "2024-03-01: 3" in one
    long = timeline_svg({dt.date(1900, 1, 1): (1, 0), dt.date(2024, 1, 1): (0, 1)}, title="t")
    assert ">1900: 1<" in long


def test_pdf_is_the_same_report_on_paper(exported: Case, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    first, again = tmp_path / "a.pdf", tmp_path / "b.pdf"
    counts = write(exported, "pdf", first, "internal")
    write(exported, "pdf", again, "internal")
    assert first.read_bytes() == again.read_bytes()
    with pdfium.PdfDocument(first) as paper:
        words = " ".join(page.get_textpage().get_text_bounded() for page in paper)
        titles = [each.get_title() for each in paper.get_toc()]
    words = " ".join(words.split())
    assert labels("en")["statement"] in words
    assert "Summary" in titles
    assert counts.claims == len(re.findall(r"\(Claim \d+,", words))
    assert "<script>alert(1)</script>" in words.replace(" ", ""), "markup of a report is words"


def test_pdf_holds_nothing_that_runs_or_fetches(exported: Case, tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", exc_type=ImportError)
    out = tmp_path / "report.pdf"
    write(exported, "pdf", out, "public")
    told = out.read_bytes()
    for each in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
        assert each not in told, each
    with pytest.raises(ValueError, match="fetches nothing"):
        refuse("http://example.invalid/x.css")
