"""Values of columns: who against whom, and the dead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from temoin.codebooks.deaths import of_side
from temoin.codebooks.model import fold_spans
from temoin.codebooks.sides import Participant, group_of
from temoin.codebooks.tables import countries
from temoin.codebooks.values import Context, Given, Missing, value
from temoin.grounding.actors.lexicon import countries as labels
from temoin.record import EventType, Role, Span

__all__: list[str] = []

_NO_FIRST = "the report does not say who did it"
_NO_SECOND = "the report names nobody on the other side"
#: Kinds whom ACLED names by what they are, with the country in brackets.
_GENERIC = {"civilians": "Civilians", "protesters": "Protesters", "rioters": "Rioters",
            "armed_group": "Unidentified Armed Group"}  # fmt: skip


def _spans(people: Sequence[Participant]) -> tuple[Span, ...]:
    return fold_spans(tuple(span for one in people for span in one.words))


def _acled_name(one: Participant, context: Context) -> str:
    """ACLED's way with those who have no name; others keep Témoin's name of them."""
    generic = _GENERIC.get(one.kind)
    if generic is None or (one.id and one.kind == "armed_group"):
        return one.name
    country = one.country or (context.place.country if context.place else None)
    return f"{generic} ({labels().get(country, country)})" if country else generic


def _as_coded(context: Context, one: Participant) -> Participant:
    """Protesters of what a rule calls a riot are rioters."""
    kind = context.codes.get("event_type")
    if one.kind == "protesters" and kind is not None and kind.value == "Riots":
        return replace(one, kind="rioters", name="Rioters", inter=5)
    return one


def _known(people: Sequence[Participant]) -> list[Participant]:
    """Those of whom more is known than that they are people."""
    return [one for one in people if one.group != "unknown"] or list(people)


def _actor(context: Context, people: Sequence[Participant], why: str) -> Given | Missing:
    if not people:
        return Missing(why)
    first = _as_coded(context, _known(people)[0])
    if first.group == "unknown" and first.id is None:
        words = "; ".join(span.text for span in first.words)
        return Missing(f"“{words}” names no known actor and no kind of one")
    rule = "sides.first" if people is context.sides.first else "sides.second"
    return Given(_acled_name(first, context), rule, first.words)


def _associated(context: Context, people: Sequence[Participant]) -> Given | Missing:
    others = [one for one in _known(people)[1:] if one.group not in ("unknown", "unidentified")]
    names = dict.fromkeys(_acled_name(one, context) for one in others)
    if not names:
        return Missing("nobody else is named on this side", plain=True)
    return Given("; ".join(names), "sides.others", _spans(others))


def _inter(context: Context, people: Sequence[Participant], why: str) -> Given | Missing:
    if not people:
        return Missing(why)
    first = _as_coded(context, _known(people)[0])
    if first.inter is None:
        return Missing(f"ACLED's kind of {first.name} is not known")
    return Given(first.inter, f"inter.{first.kind}", first.words)


@value("actor1")
def _actor1(context: Context) -> Given | Missing:
    return _actor(context, context.sides.first, _NO_FIRST)


@value("assoc_actor_1")
def _assoc1(context: Context) -> Given | Missing:
    return _associated(context, context.sides.first)


@value("inter1")
def _inter1(context: Context) -> Given | Missing:
    return _inter(context, context.sides.first, _NO_FIRST)


@value("actor2")
def _actor2(context: Context) -> Given | Missing:
    return _actor(context, context.sides.second, _NO_SECOND)


@value("assoc_actor_2")
def _assoc2(context: Context) -> Given | Missing:
    if context.sides.unclear:
        names = ", ".join(one.name for one in context.sides.unclear)
        return Missing(f"the report does not tell on which side {names} stood")
    return _associated(context, context.sides.second)


@value("inter2")
def _inter2(context: Context) -> Given | Missing:
    return _inter(context, context.sides.second, _NO_SECOND)


@value("interaction")
def _interaction(context: Context) -> Given | Missing:
    """Both codes, the low one first; a sole actor's with a nought."""
    first = _inter(context, context.sides.first, _NO_FIRST)
    if isinstance(first, Missing):
        return first
    if not context.sides.second:
        return Given(f"{first.value}0", "interaction.sole", first.words)
    second = _inter(context, context.sides.second, _NO_SECOND)
    if isinstance(second, Missing):
        return second
    low, high = sorted((str(first.value), str(second.value)))
    return Given(f"{low}{high}", "interaction", fold_spans(first.words + second.words))


# Parties as PLOVER has them: of what two sides do together, all are actors.
_BOTH = frozenset({EventType.ARMED_CLASH, EventType.NEGOTIATION, EventType.AGREEMENT,
                   EventType.CEASEFIRE})  # fmt: skip


def _parties(context: Context, *, receiving: bool) -> tuple[Participant, ...]:
    """Who acts and who is acted upon; of a demand, who demands and of whom."""
    both = context.incident.lead.type in _BOTH
    sides = context.sides
    asked = context.codes.get("parties")
    if asked is not None and asked.value == "asked":
        return sides.first or sides.second if receiving else _speakers(context)
    if receiving:
        return () if both else sides.second or sides.addressed
    return (*sides.first, *sides.second, *sides.unclear) if both else sides.first


def _speakers(context: Context) -> tuple[Participant, ...]:
    """Who says it, where the report names somebody."""
    voice = context.incident.lead.attribution
    if voice is None:
        return ()
    span = Span(start=voice.start, end=voice.end, text=voice.text)
    known = voice.actor
    if known is None:
        return (Participant(voice.text, "people", "unknown", None, None, None, None, voice.text,
                            (span,)),)  # fmt: skip
    return (Participant(known.name, known.kind, group_of(known), known.country, known.inter,
                        known.id, known.wikidata, known.id or voice.text, (span,)),)  # fmt: skip


def _joined(people: Sequence[Participant], found: Sequence[object], why: str) -> Given | Missing:
    """One value a participant, in their order, joined by `; `."""
    if not people:
        return Missing(why, plain=why == _NO_SECOND)
    if not any(found):
        return Missing("not known of anybody named")
    return Given("; ".join(str(one or "") for one in found), "sides", _spans(people))


def _iso3(one: Participant) -> str | None:
    country = countries().get(one.country or "")
    return country.iso3 if country else None


def _cow(one: Participant) -> int | None:
    country = countries().get(one.country or "")
    return country.cow if country else None


def _sector(context: Context, one: Participant) -> str | None:
    """The codebook's own sector of a kind, from its table `sectors`."""
    given = context.tables.get("sectors", {}).get(one.kind)
    return str(given) if given else None


def _enter(prefix: str, *, receiving: bool) -> None:
    why = _NO_SECOND if receiving else _NO_FIRST

    @value(f"{prefix}_names")
    def _names(context: Context) -> Given | Missing:
        people = _parties(context, receiving=receiving)
        return _joined(people, [one.name for one in people], why)

    @value(f"{prefix}_countries")
    def _countries(context: Context) -> Given | Missing:
        people = _parties(context, receiving=receiving)
        return _joined(people, [_iso3(one) for one in people], why)

    @value(f"{prefix}_cow")
    def _cows(context: Context) -> Given | Missing:
        people = _parties(context, receiving=receiving)
        return _joined(people, [_cow(one) for one in people], why)

    @value(f"{prefix}_sector")
    def _primary(context: Context) -> Given | Missing:
        people = _known(_parties(context, receiving=receiving))
        if not people:
            return Missing(why, plain=receiving)
        sector = _sector(context, people[0])
        if sector is None:
            return Missing(f"the scheme's sector of {people[0].name} is not told by the report")
        return Given(sector, f"sectors.{people[0].kind}", people[0].words)

    @value(f"{prefix}_sectors")
    def _sectors(context: Context) -> Given | Missing:
        people = _parties(context, receiving=receiving)
        return _joined(people, [_sector(context, one) for one in people], why)

    @value(f"{prefix}_words")
    def _words(context: Context) -> Given | Missing:
        people = _parties(context, receiving=receiving)
        return _joined(people, ["; ".join(s.text for s in one.words) for one in people], why)

    @value(f"{prefix}_wikidata")
    def _wikidata(context: Context) -> Given | Missing:
        people = _parties(context, receiving=receiving)
        found = _joined(people, [one.wikidata for one in people], why)
        return Missing(found.reason, plain=True) if isinstance(found, Missing) else found


_enter("actor", receiving=False)
_enter("recipient", receiving=True)


@value("fatalities")
def _fatalities(context: Context) -> Given | Missing:
    """The cautious sum; nought where the report speaks of no dead."""
    deaths = context.deaths
    if not deaths.reported:
        return Given(0, "fatalities.none_reported")
    if deaths.cautious is None:
        return Missing(f"{deaths.open}; the codebook's number for that is not verified")
    rule = "fatalities.lowest_of_reports" if deaths.disputed else "fatalities.stated"
    return Given(deaths.cautious, rule, deaths.words)


# UCDP's sides and its dead by side.


def _ucdp_sides(context: Context) -> tuple[Sequence[Participant], Sequence[Participant]]:
    """Side A is a state in state-based conflict, and whoever kills in one-sided violence."""
    first, second = _known(context.sides.first), _known(context.sides.second)
    kind = context.codes.get("type_of_violence")
    second_is_state = bool(second) and second[0].group == "state"
    first_is_state = bool(first) and first[0].group == "state"
    crowd = bool(first) and first[0].group == "crowd"
    if kind and second_is_state and (crowd or (kind.value == 1 and not first_is_state)):
        return second, first
    return first, second


def _ucdp_name(one: Participant) -> str:
    if one.group == "state" and one.country:
        return f"Government of {labels().get(one.country, one.country)}"
    return "Civilians" if one.group in ("civilian", "crowd") else one.name


def _ucdp_side(context: Context, number: int) -> Given | Missing:
    people = _ucdp_sides(context)[number]
    if not people or (people[0].group == "unknown" and people[0].id is None):
        return Missing(_NO_SECOND if number else _NO_FIRST)
    one = people[0]
    if (
        one.group not in ("civilian", "crowd")
        and one.id is None
        and not (one.group == "state" and one.country)
    ):
        return Missing(f"whose “{one.name}” this was is not told: UCDP asks for a named actor")
    return Given(_ucdp_name(one), "ucdp.side", one.words)


@value("side_a")
def _side_a(context: Context) -> Given | Missing:
    return _ucdp_side(context, 0)


@value("side_b")
def _side_b(context: Context) -> Given | Missing:
    return _ucdp_side(context, 1)


@value("dyad_name")
def _dyad_name(context: Context) -> Given | Missing:
    one, other = _ucdp_side(context, 0), _ucdp_side(context, 1)
    if isinstance(one, Missing):
        return one
    if isinstance(other, Missing):
        return other
    name = f"{one.value} - {other.value}"
    return Given(name, "ucdp.dyad", fold_spans(one.words + other.words))


def _gwno(context: Context, number: int) -> Given | Missing:
    people = _ucdp_sides(context)[number]
    if not people or people[0].group != "state":
        return Missing("the side is no state", plain=True)
    country = countries().get(people[0].country or "")
    if country is None or country.gw is None:
        return Missing("no Gleditsch-Ward number is known for the state")
    return Given(country.gw, "country.gw", people[0].words)


@value("gwnoa")
def _gwnoa(context: Context) -> Given | Missing:
    return _gwno(context, 0)


@value("gwnob")
def _gwnob(context: Context) -> Given | Missing:
    return _gwno(context, 1)


def _counted(context: Context) -> Missing | None:
    return Missing(context.deaths.open) if context.deaths.open else None


def _by_side(context: Context) -> tuple[int, int, int, int]:
    """The dead of side A, of side B, civilians, and those whom nobody assigns."""
    first, second = _ucdp_sides(context)
    figures = context.deaths.figures
    a = of_side(figures, first)
    b = of_side([figure for figure in figures if not of_side([figure], first)], second)
    civilians = sum(figure.cautious or 0 for figure in figures if figure.civilian)
    return a, b, civilians, (context.deaths.cautious or 0) - a - b - civilians


def _share(context: Context, number: int) -> Given | Missing:
    missing = _counted(context)
    if missing:
        return missing
    return Given(_by_side(context)[number], "ucdp.deaths_by_side", context.deaths.words)


@value("deaths_a")
def _deaths_a(context: Context) -> Given | Missing:
    return _share(context, 0)


@value("deaths_b")
def _deaths_b(context: Context) -> Given | Missing:
    return _share(context, 1)


@value("deaths_civilians")
def _deaths_civilians(context: Context) -> Given | Missing:
    return _share(context, 2)


@value("deaths_unknown")
def _deaths_unknown(context: Context) -> Given | Missing:
    return _share(context, 3)


@value("best")
def _best(context: Context) -> Given | Missing:
    missing = _counted(context)
    if missing:
        return missing
    rule = "ucdp.lowest_of_reports" if context.deaths.disputed else "ucdp.stated"
    return Given(context.deaths.cautious, rule, context.deaths.words)


@value("low")
def _low(context: Context) -> Given | Missing:
    missing = _counted(context)
    if missing:
        return missing
    low = min(context.deaths.low, context.deaths.cautious or 0)
    return Given(low, "ucdp.lowest_bound", context.deaths.words)


@value("high")
def _high(context: Context) -> Given | Missing:
    missing = _counted(context)
    if missing:
        return missing
    high = max(context.deaths.high, context.deaths.cautious or 0)
    return Given(high, "ucdp.highest_bound", context.deaths.words)


@value("crowd_size")
def _crowd_size(context: Context) -> Given | Missing:
    """ACLED's tag of demonstrations, with the words of the report."""
    if context.incident.lead.type is not EventType.PROTEST:
        return Missing("no demonstration", plain=True)
    counts = [
        Span(start=argument.start, end=argument.end, text=argument.text)
        for argument in context.incident.lead.of_role(Role.QUANTITY)
    ]
    if not counts:
        return Given("crowd size=no report", "crowd_size")
    return Given(f"crowd size={counts[0].text}", "crowd_size", (counts[0],))
