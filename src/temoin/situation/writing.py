"""The situation as text to read, as JSON and as GeoJSON."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from temoin.situation.changing import Change
from temoin.situation.claims import Claim
from temoin.situation.deriving import NOTE, Situation
from temoin.situation.states import Listed, State

__all__ = ["as_geojson", "as_json", "as_table", "since_words"]

#: Claims that make no state are shown up to so many; JSON has them all.
_SHOWN = 20
_QUOTE = 90


def as_json(found: Situation, changed: Sequence[Change] | None = None) -> str:
    """The situation with all its claims, as JSON."""
    told = found.to_dict()
    if changed is not None:
        told["changes"] = [change.to_dict() for change in changed]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_geojson(found: Situation, changed: Sequence[Change] | None = None) -> str:
    """The located states as GeoJSON points, with Linked Places `when`.

    Args:
        found: The situation.
        changed: Changes, which mark the states that they concern.
    """
    what = {state.key: change.what for change in changed or () for state in change.after}
    features = [
        {
            "type": "Feature",
            "id": f"{state.kind.name}/{state.place.key}/{state.subject.key}",
            "geometry": {
                "type": "Point",
                "coordinates": [state.place.longitude, state.place.latitude],
            },
            "properties": {**_flat(state), "change": what.get(state.key)},
            "when": _when(state),
        }
        for state in found.states
        if state.place is not None and state.place.located
    ]
    about = {
        key: value for key, value in found.to_dict().items() if key not in ("states", "listed")
    }
    left = len(found.states) - len(features)
    told: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": features,
        "properties": {**about, "states_without_coordinates": left},
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_table(
    found: Situation,
    changed: Sequence[Change] | None = None,
    *,
    since: str | None = None,
    width: int = 100,
) -> str:
    """The situation as plain text, wrapped at `width`."""
    return "\n".join(_lines(found, changed, since, max(width, 40))) + "\n"


def since_words(state: State) -> str:
    """Since when and until when, as the days allow: `since 12 or 13 March ...` as ISO days."""
    told = str(state.begins).replace("/", " to ")
    words = f"since {told}" + ("" if state.begins.own else " (day not told)")
    if state.ends is not None:
        words += f", until {str(state.ends).replace('/', ' to ')}"
    return words


def _lines(
    found: Situation, changed: Sequence[Change] | None, since: str | None, width: int
) -> Iterator[str]:
    area = f", {found.area}" if found.area else ""
    known = f", as published by {found.known_by}" if found.known_by else ""
    yield f"Situation on {found.at}{area}{known}"
    yield NOTE
    kind = None
    quoted = {(s.key[:2], claim.id) for s in found.states for claim in s.supports}
    for state in found.states:
        if state.kind != kind:
            kind = state.kind
            yield ""
            yield kind.label.capitalize()
        yield from _state(state, found, quoted, width)
    if not found.states:
        yield ""
        yield "No claim makes a state on this day."
    if found.elsewhere:
        yield ""
        yield f"{found.elsewhere} more of places that could not be located."
    if changed is not None:
        yield ""
        yield f"Changed since {since}" if since else "Changes"
        for change in changed:
            yield from _change(change, width)
        if not changed:
            yield "  nothing"
    yield from _left(found.listed, width)


def _state(
    state: State, found: Situation, quoted: set[tuple[tuple[str, str], str]], width: int
) -> Iterator[str]:
    """One state with its claims; what stands under a rival is named here, not quoted again."""
    mark = "! " if state.contested else "  "
    where = state.place.name if state.place else "no place told"
    contested = f", contested since {state.contested_since}" if state.contested else ""
    yet = ", if it was so yet" if state.open_on(found.at) else ""
    yield from _wrapped(
        f"{mark}{where}: {state.subject.name}, {since_words(state)}{yet}{contested}", width, 4
    )
    yield from _claims("for", state.supports, width)
    rivals = [claim for claim in state.disputes if (state.key[:2], claim.id) in quoted]
    yield from _claims("against", [c for c in state.disputes if c not in rivals], width)
    if rivals:
        names = ", ".join(claim.id for claim in rivals)
        yield from _wrapped(f"      against, with those for another side: {names}", width, 10)


def _claims(side: str, claims: Iterable[Claim], width: int) -> Iterator[str]:
    for claim in claims:
        quote = " ".join(claim.sentence.text.split())
        if len(quote) > _QUOTE:
            quote = textwrap.shorten(quote, _QUOTE, placeholder=" …")
        days = f", {claim.days}" if claim.days else ""
        trigger = claim.event.trigger
        hedge = "" if claim.event.certainty == "certain" else f", {claim.event.certainty}"
        denied = ", denied" if claim.denied else ""
        yield from _wrapped(
            f"      {side} [{claim.id} {trigger.start}-{trigger.end}] "
            f"{claim.speaker}{days}{hedge}{denied}: “{quote}”",
            width,
            10,
        )


def _change(change: Change, width: int) -> Iterator[str]:
    place = change.first.place
    where = place.name if place else "no place told"
    was = " / ".join(dict.fromkeys(s.subject.name for s in change.before))
    now = " / ".join(dict.fromkeys(s.subject.name for s in change.after))
    who = now if was == now or not was else was if not now else f"{was} → {now}"
    yield from _wrapped(f"  {where}: {change.first.kind.label} {change.what}: {who}", width, 4)
    claims = change.after or change.before
    cited = [
        c for s in claims for c in ((*s.supports, *s.disputes) if change.after else s.ended_by)
    ]
    yield from _wrapped(
        "      on " + ", ".join(dict.fromkeys(claim.id for claim in cited)) if cited else "",
        width,
        10,
    )


def _left(listed: Sequence[Listed], width: int) -> Iterator[str]:
    if not listed:
        return
    yield ""
    # One claim may bear on several kinds of state; it is read once.
    once = list({(each.claim.id, each.reason): each for each in listed}.values())
    counts = Counter(each.reason for each in once)
    yield from _wrapped(
        "Claims that make no state: "
        + ", ".join(f"{count} {reason}" for reason, count in counts.items()),
        width,
        2,
    )
    for each in once[:_SHOWN]:
        where = f" @ {each.place.name}" if each.place else ""
        claim = each.claim
        days = f", {claim.days}" if claim.days else ""
        yield from _wrapped(
            f"  {each.reason}: {str(claim.event.type).replace('_', ' ')}{where}, "
            f"{each.subject.name}{days} [{claim.id}] {claim.speaker}",
            width,
            6,
        )
    if len(once) > _SHOWN:
        yield f"  and {len(once) - _SHOWN} more (--format json has them)"


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=" " * indent, break_on_hyphens=False)


def _flat(state: State) -> dict[str, Any]:
    told = state.to_dict()
    place = told.pop("place")
    return {"place": place["name"], "radius_km": place["radius_km"],
            "gazetteer_id": place["gazetteer_id"], **told}  # fmt: skip


def _when(state: State) -> dict[str, Any]:
    span: dict[str, Any] = {
        "start": {
            "earliest": state.begins.earliest.isoformat(),
            "latest": state.begins.latest.isoformat(),
        }
    }
    if state.ends is not None:
        span["end"] = {
            "earliest": state.ends.earliest.isoformat(),
            "latest": state.ends.latest.isoformat(),
        }
    return {"timespans": [span]}
