"""A report of claims as one HTML page that needs nothing else: no script, no network."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from typing import TextIO

from temoin._version import __version__
from temoin.casefile.exporting.drawing import Drawing, Spot, map_svg
from temoin.casefile.exporting.labels import labels
from temoin.casefile.exporting.manifest import Origin
from temoin.casefile.exporting.quarrels import Quarrel
from temoin.casefile.exporting.report_claims import claim_article, day_words
from temoin.casefile.exporting.selecting import Selected
from temoin.casefile.exporting.telling import Told, mark, told
from temoin.casefile.exporting.timeline import timeline_svg
from temoin.casefile.privacy import Profile
from temoin.exporting.markup import page_head, text

__all__ = ["ReportWriter", "style_sheet"]

#: Gives what contradicts what among claims; None where nobody has looked.
_Quarrels = Callable[[frozenset[int]], list[Quarrel] | None]

_MARKS = ("affirmed", "denied", "probable", "possible", "planned")


def style_sheet(name: str) -> str:
    """A style sheet of reports: `report`, or `pictures` for what is drawn in it."""
    return (resources.files(__package__) / "data" / f"{name}.css").read_text("utf-8")


class ReportWriter:
    """The page; it is written at the end, since it begins with what all claims add up to.

    Args:
        stream: Where to write.
        origin: The state of the case.
        profile: What was left out.
        where: The filter, as it may be told.
        language: Of the labels.
        drawing: The background of the map.
        quarrels: What claims contradict each other, of these claims.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        origin: Origin,
        profile: Profile,
        where: str | None,
        language: str,
        drawing: Drawing,
        quarrels: _Quarrels,
    ) -> None:
        self._stream = stream
        self._origin = origin
        self._profile = profile
        self._where = where
        self._words = labels(language)
        self._drawing = drawing
        self._quarrels = quarrels
        self._articles: list[tuple[str, str, int, str]] = []
        self._titles: dict[int, str] = {}
        self._spots: dict[tuple[float, float], Spot] = {}
        self._days: dict[dt.date, tuple[int, int]] = {}
        self._types: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._states: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._located = 0

    def write(self, selected: Selected) -> int:
        """Take the claims of one document."""
        count = 0
        for claim in told(selected):
            self._take(claim)
            count += 1
        if count and selected.record:
            self._languages[selected.record.document.language] += 1
        return count

    def close(self) -> None:
        """Write the page."""
        words = self._words
        style = f"\n{style_sheet('report')}{style_sheet('pictures')}"
        out = self._stream
        head = page_head(title=text(self._title()), style=style, language=words.language)
        out.write(f"""{head}<header>
<h1><bdi>{text(self._title())}</bdi></h1>
<p class="statement">{text(words["statement"])}</p>
</header>
<main>
""")
        out.writelines(self._summary())
        out.writelines(self._pictures())
        found = self._quarrels(frozenset(self._titles))
        out.writelines(self._contradictions(found))
        out.writelines(self._claims(found or ()))
        out.write(f"""</main>
<footer>{text(words["made_by"])} Témoin {__version__}. {text(words["head"])}: \
{text(self._origin.head)}</footer>
</body>
</html>
""")

    def _title(self) -> str:
        given = self._origin.title if self._profile.files else None
        return f"{given} – {self._words['title']}" if given else self._words["title"]

    def _take(self, claim: Told) -> None:
        status, number = mark(claim.event), claim.reviewed.claim
        anchor = f"c{number}"
        self._types[str(claim.event.type)][status] += 1
        self._states[claim.reviewed.state] += 1
        self._titles[number] = claim.title(self._words)
        place = claim.place
        if place and place.latitude is not None and place.longitude is not None:
            self._located += 1
            at = (place.longitude, place.latitude)
            spot = self._spots.setdefault(at, Spot(place.name, *at, 0.0, anchor))
            spot.radius_km = max(spot.radius_km, place.radius_km or 0.0)
            spot.marks.append(status)
        first = claim.days[0]
        if first is not None:
            sure, doubted = self._days.get(dt.date.fromisoformat(first), (0, 0))
            affirmed = status == "affirmed"
            self._days[dt.date.fromisoformat(first)] = (sure + affirmed, doubted + (not affirmed))
        # Claims without a day come last; within a day those of the shortest span come first.
        key = (first or "9999-99-99", claim.days[1] or "9999-99-99")
        self._articles.append((*key, number, claim_article(claim, self._words)))

    def _summary(self) -> Iterable[str]:
        words = self._words
        days = sorted(self._days)
        period = f"{days[0]} {words['to']} {days[-1]}" if days else words["unknown"]
        facts = {
            words["reports"]: str(sum(self._languages.values())),
            words["claims"]: str(len(self._articles)),
            words["period"]: period,
            words["located"]: str(self._located),
            words["languages"]: _counted(self._languages),
            words["states"]: _counted({words.state(k): n for k, n in self._states.items()}),
            words["filter"]: self._where or "–",
            words["profile"]: self._profile.name,
            words["case"]: self._origin.case,
            words["head"]: self._origin.head,
        }
        yield f"<section>\n<h2>{text(words['summary'])}</h2>\n<dl>\n"
        for name, value in facts.items():
            yield f"<dt>{text(name)}</dt><dd><bdi>{text(value)}</bdi></dd>\n"
        yield "</dl>\n"
        if self._types:
            heads = "".join(f'<th class="number">{text(words[name])}</th>' for name in _MARKS)
            yield f"<table>\n<thead><tr><th>{text(words['types'])}</th>{heads}</tr></thead>\n"
            yield "<tbody>\n"
            for name, counts in sorted(
                self._types.items(), key=lambda each: (-each[1].total(), each[0])
            ):
                cells = "".join(f'<td class="number">{counts[each] or ""}</td>' for each in _MARKS)
                yield f"<tr><td>{text(words.type(name))}</td>{cells}</tr>\n"
            yield "</tbody>\n</table>\n"
        yield "</section>\n"

    def _pictures(self) -> Iterable[str]:
        words = self._words
        yield f"<section>\n<h2>{text(words['map'])}</h2>\n"
        if self._spots:
            spots = sorted(self._spots.values(), key=lambda each: -len(each.marks))
            yield map_svg(spots, self._drawing, title=words["map"]) + "\n"
            yield f'<p class="note">{text(words["map_note"])}</p>\n'
        else:
            yield f'<p class="note">{text(words["map_none"])}</p>\n'
        yield f"</section>\n<section>\n<h2>{text(words['timeline'])}</h2>\n"
        if self._days:
            yield timeline_svg(self._days, title=words["timeline"]) + "\n"
            yield f'<p class="note">{text(words["timeline_note"])}</p>\n'
        else:
            yield f'<p class="note">{text(words["timeline_none"])}</p>\n'
        yield "</section>\n"

    def _contradictions(self, found: list[Quarrel] | None) -> Iterable[str]:
        words = self._words
        yield f"<section>\n<h2>{text(words['contradictions'])}</h2>\n"
        if found is None:
            yield f'<p class="note">{text(words["contradictions_unknown"])}</p>\n'
        elif not found:
            yield f'<p class="note">{text(words["contradictions_none"])}</p>\n'
        else:
            yield f'<p class="note">{text(words["contradictions_note"])}</p>\n<ul>\n'
            for each in found:
                fields = ", ".join(words.field(name) for name in each.fields)
                where = f" ({text(words['in_fields'])} {text(fields)})" if fields else ""
                yield (
                    f"<li>{self._link(each.claim)} "
                    f'<span class="contradicts">{text(words[each.kind])}</span> '
                    f"{self._link(each.other)}{where}</li>\n"
                )
            yield "</ul>\n"
        yield "</section>\n"

    def _link(self, number: int) -> str:
        return f'<a href="#c{number}">{number} – <bdi>{text(self._titles[number])}</bdi></a>'

    def _claims(self, found: Iterable[Quarrel]) -> Iterable[str]:
        words = self._words
        against: defaultdict[int, list[str]] = defaultdict(list)
        for each in found:
            for one, other in ((each.claim, each.other), (each.other, each.claim)):
                link = f'<a href="#c{other}">{other}</a>'
                if link not in against[one]:
                    against[one].append(link)
        yield f"<section>\n<h2>{text(words['by_day'])}</h2>\n"
        at = None
        for first, last, number, article in sorted(self._articles):
            day = (first, last)
            if day != at:
                yield f"<h3>{text(day_words(first, last, words))}</h3>\n"
                at = day
            note = ""
            if number in against:
                note = (
                    f'<p class="contradicts">{text(words["contradictions"] + words["colon"])} '
                    f"{', '.join(against[number])}</p>\n"
                )
            yield article.replace("<!--contradictions-->", note, 1)
        yield "</section>\n"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "–"
