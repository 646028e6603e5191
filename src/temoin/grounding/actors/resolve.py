"""`resolve_actor`: whom a phrase names, as far as its words and the document tell.

Rules, in this order: a known name ("name"); a known name and a class of force within
it ("name+class"); a country and a class ("country+class"); a class that the document's
theatre settles ("theatre+class"); a country or its capital for its government
("country"); a class alone, which keeps the kind and names nobody ("class"). "Our forces" are
for `own_side`, which knows the publisher ("publisher").
"""

from __future__ import annotations

from temoin.grounding.actors.lexicon import Class, People, classes, countries, groups
from temoin.grounding.actors.reading import Head, Name, Nation, Phrase, read
from temoin.grounding.actors.store import Actor, Alias, Found, actor
from temoin.grounding.actors.theatre import ActorContext
from temoin.grounding.actors.values import known_value, of_class, of_state, within_actor
from temoin.record import ActorValue, Role

__all__ = ["resolve_actor"]

_STATE = frozenset({"government", "state_forces", "police", "intelligence"})
#: Kinds that do not make a thing an actor's: a government's building, a people's house.
_NO_OWNERS = frozenset(
    {"government", "civilians", "people", "organisation", "community", "company", "source"}
)
#: Kinds of the groups that "les rebelles", "the group" may stand for.
_STANDS_FOR = {
    "rebels": {"rebel_group", "jihadist_group"},
    "separatists": {"rebel_group"},
    "jihadists": {"jihadist_group"},
    "terrorists": {"rebel_group", "jihadist_group"},
    "militia": {"militia", "identity_militia"},
    "gang": {"criminal_group"},
    "mission": {"peacekeeping"},
    "movement": {"rebel_group", "jihadist_group", "militia", "identity_militia"},
}
#: A definite group is named in so many words at most: "the rebel group".
_SHORT = 2


def resolve_actor(
    text: str, language: str, *, context: ActorContext | None = None
) -> ActorValue | None:
    """Whom the words name.

    Args:
        text: The words of a mention, e.g. "l'armée malienne".
        language: Their language (fr, en, es, ar, ru, uk; others are read as English).
        context: What the document tells beyond these words; without it nothing that
            is ambiguous is settled.

    Returns:
        The actor, or its kind alone where the words name nobody known, or None
        where they name no actor: a bridge, a pronoun, the rain.
    """
    given = context or ActorContext()

    def accept(alias: Alias) -> bool:
        known = actor(alias.id)
        return not alias.unsure or (known is not None and given.within(known.country))

    phrase = read(text, language, accept=accept)
    value = _by_name(phrase, given) or _by_head(phrase, given) or _by_nation(phrase, given)
    if value is not None and phrase.is_thing:
        value = _whose(value)
    elif value is None and phrase.loaded_country:
        value = _of_loaded(phrase.loaded_country, classes()["army"], given)
    elif value is None:
        value = _by_equipment(phrase, language, given)
    if value is None:
        return None
    return value.model_copy(update={"loaded": phrase.loaded, "as_written": text})


def _whose(value: ActorValue) -> ActorValue | None:
    """Of a thing: the armed actor or the organisation that has it; a house is nobody."""
    if value.rule in ("class", "country", "theatre+class") and value.kind in _NO_OWNERS:
        return None
    note = "named as whose it is"
    return value.model_copy(update={"note": f"{value.note}; {note}" if value.note else note})


def _by_name(phrase: Phrase, context: ActorContext) -> ActorValue | None:
    """A known name, with what the head words make of it."""
    own = phrase.own_names
    if not own:
        return None
    head = phrase.head
    first = _most_telling(own)
    chosen, note = _choose(first, context)
    if head and head.cls.id in groups()["unarmed"] and head.at < first.first:
        return _staff(head, chosen)
    if chosen is None:
        kinds = {known.kind for alias in first.aliases if (known := actor(alias.id))}
        if len(kinds) > 1:
            return _by_head(phrase, context)
        return ActorValue(
            name=" ".join(word.text for word in phrase.words[first.first : first.last]),
            kind=kinds.pop(),
            rule="name",
            note=note,
        )
    others = {alias.id for name in own for alias in name.found.aliases}
    others -= {alias.id for alias in first.aliases}
    if others:
        also = f"also names {', '.join(sorted(others))}"
        note = f"{note}; {also}" if note else also
    if head and _is_part(chosen, head.cls):
        return within_actor(chosen, _joined(head.cls), context, note=note)
    return known_value(chosen, context, rule="name", note=note)


def _most_telling(names: list[Name]) -> Found:
    """The first name, or one that says more: "les casques bleus de la Minusma"."""
    first = actor(names[0].found.aliases[0].id)
    for name in names[1:]:
        other = actor(name.found.aliases[0].id)
        if first and other and not first.country and other.country and first.kind == other.kind:
            return name.found
    return names[0].found


def _staff(head: Head, chosen: Actor | None) -> ActorValue | None:
    """Civilians, prisoners or men of a known actor: "trois employés de MSF"."""
    if chosen and head.cls.id == "people":
        return known_value(chosen, ActorContext(), rule="name")
    return ActorValue(
        name=head.cls.label,
        kind=head.cls.kind,
        country=chosen.country if chosen else None,
        inter=7 if head.cls.kind == "civilians" else None,
        parent=chosen.id if chosen else None,
        rule="class",
        note=f"named together with {chosen.name}" if chosen else None,
    )


def _is_part(whole: Actor, cls: Class) -> bool:
    """Whether a class names a part of an actor, not the actor: NATO's special forces."""
    if cls.kind not in (*_STATE, "armed_force", "peacekeeping"):
        return False
    if whole.kind in ("intergovernmental", "coalition"):
        return cls.id not in ("government", "authorities", "embassy", "command", "unit")
    if whole.kind == "government":
        return cls.kind in ("state_forces", "police", "armed_force", "intelligence")
    return False


def _joined(cls: Class) -> Class:
    """The forces of a power are its army, whatever the word."""
    return classes()["army"] if cls.id in groups()["military"] else cls


def _choose(found: Found, context: ActorContext) -> tuple[Actor | None, str | None]:
    """The best of the actors that bear a name, with what settled it; None where two tie."""
    known = [one for alias in found.aliases if (one := actor(alias.id))]
    if len(known) == 1:
        return known[0], context.reason(known[0].country) if (
            found.aliases[0].unsure and known[0].country
        ) else None
    ranked = sorted(known, key=lambda one: (-_score(one, context), one.id))
    best, second = ranked[0], ranked[1]
    names = ", ".join(sorted(one.id for one in known))
    if _score(best, context) == _score(second, context):
        # The Taliban before and after they took power: one name, one history.
        whole = [one for one in (best, second) if one.parent in {best.id, second.id}]
        if len(whole) != 1:
            return None, f"ambiguous: {names}"
        return (second if whole[0] is best else best), f"one of {names}, by nothing but the name"
    reasons = []
    if context.within(best.country) and not context.within(second.country):
        reasons.append(context.reason(best.country or ""))
    elif context.published and not second.existed(context.published.year):
        reasons.append(f"{second.name} is not known to exist in {context.published.year}")
    elif context.within(best.country):
        reasons.append(context.reason(best.country or ""))
    return best, f"one of {names}; {'; '.join(reasons) or 'by the dates'}"


def _score(known: Actor, context: ActorContext) -> float:
    score = 0.0
    if known.country:
        total = sum(context.theatre.values())
        score += 2 * context.theatre.get(known.country, 0.0) / total if total else 0.0
        score += 1.0 if context.within(known.country) else 0.0
    if known.id in context.named:
        score += 1.0
    if context.published and not known.existed(context.published.year):
        score -= 3.0
    return score


def _by_head(phrase: Phrase, context: ActorContext) -> ActorValue | None:
    """The class of the words, of a country where one is named or the theatre settles it."""
    head = phrase.head
    if head is None:
        return None
    cls = _of_power(phrase, head.cls)
    note = _backers(phrase)
    nation = _nation(phrase)
    if nation and nation.country:
        return _of_country(nation.country.iso, cls, context, note)
    if cls.id == "position":
        return None
    if nation and nation.people:
        return _of_people(nation.people, cls, context, note)
    if phrase.loaded_country:
        return _of_loaded(phrase.loaded_country, cls, context)
    value = None if note else _settled(phrase, cls, context)
    return value or of_class(cls, context, label=_backed_label(phrase), rule="class", note=note)


def _of_country(iso: str, cls: Class, context: ActorContext, note: str | None) -> ActorValue:
    if cls.id == "parties":
        # "The Ukrainian side" is one party: the state.
        cls = classes()["government"]
    if cls.kind in _STATE or cls.id in groups()["military"]:
        return of_state(iso, cls, context, rule="country+class", note=note)
    return of_class(cls, context, country=iso, rule="country+class", note=note)


def _of_people(people: People, cls: Class, context: ActorContext, note: str | None) -> ActorValue:
    # Kurdish forces are no state's.
    cls = classes()["forces"] if cls.kind == "state_forces" else cls
    return of_class(
        cls, context, country=people.country, label=people.label, rule="people+class", note=note
    )


def _of_loaded(iso: str, cls: Class, context: ActorContext) -> ActorValue:
    cls = cls if cls.kind in _STATE else classes()["army"]
    note = "the word is used of this country's forces"
    return of_state(iso, cls, context, rule="loaded", note=note)


def _of_power(phrase: Phrase, cls: Class) -> Class:
    """Forces named together with a power are its army: "les soldats de la junte"."""
    forces, power = groups()["forces"], groups()["power"]
    for one in phrase.heads:
        for other in phrase.heads:
            beside = other.at == one.end or one.at == other.end
            if one.cls.id in forces and other.cls.id in power and beside:
                return classes()["army"]
    return cls


def _nation(phrase: Phrase) -> Nation | None:
    """The country or people whose the head is; countries before peoples."""
    own = phrase.own_nations
    ordered = [n for n in own if n.country] or own
    return ordered[0] if ordered else None


def _backers(phrase: Phrase) -> str | None:
    """A note on who stands behind, against or before."""
    said: dict[str, list[str]] = {}
    for nation in phrase.nations:
        if nation.link and (nation.country or nation.people):
            label = nation.country.label if nation.country else nation.people.label  # type: ignore[union-attr]
            said.setdefault(nation.link, []).append(label)
    for name in phrase.names:
        known = actor(name.found.aliases[0].id)
        if name.link and known:
            said.setdefault(name.link, []).append(known.name)
    words = {"backer": "backed by", "against": "against", "former": "formerly"}
    parts = [f"{words[link]} {', '.join(dict.fromkeys(labels))}" for link, labels in said.items()]
    return "; ".join(parts) or None


def _backed_label(phrase: Phrase) -> str | None:
    labels = [n.country.label for n in phrase.nations if n.link == "backer" and n.country]
    return f"{labels[0]}-backed" if labels else None


def _settled(phrase: Phrase, cls: Class, context: ActorContext) -> ActorValue | None:
    """An ambiguous class that the document settles: its theatre, or its only such group."""
    if phrase.so_called:
        return None
    if cls.id in groups()["settled"]:
        iso = context.settled
        if iso is None or _is_some(phrase, cls) or _names_unknown(phrase):
            return None
        note = f"settled: {context.reason(iso)}"
        return of_state(iso, cls, context, rule="theatre+class", note=note)
    if cls.id in groups()["groups"] and phrase.definite and _is_short(phrase):
        known = _only_group(cls, context)
        if known:
            note = f"settled: the only such group that the document names is {known.name}"
            return known_value(known, context, rule="theatre+class", note=note)
    return None


def _is_some(phrase: Phrase, cls: Class) -> bool:
    """Whether the words speak of some or any: "two presidents"; policemen are always some."""
    head = phrase.head
    if cls.kind == "police" or head is None:
        return False
    arabic = "\u0600" <= phrase.words[0].fold[0] <= "\u06ff"
    if arabic:
        return not any("ال" in word.fold[:4] or word.fold[:2] == "لل" for word in phrase.words)
    return head.at - 1 in phrase.counts


def _only_group(cls: Class, context: ActorContext) -> Actor | None:
    """The one group of a kind that the document names, alive and at home in its theatre."""
    wanted = _STANDS_FOR[cls.id]
    year = context.published.year if context.published else None
    named = {
        one
        for one in context.named
        if (known := actor(one))
        and known.kind in wanted
        and (year is None or known.existed(year))
        and (known.country is None or context.within(known.country))
    }
    whole = [known for one in named if (known := actor(one)) and known.parent not in named]
    return whole[0] if len(whole) == 1 else None


def _is_short(phrase: Phrase) -> bool:
    """Whether the phrase is but a class, no unknown name: "the group", not "the Yav group"."""
    known = sum(head.end - head.at for head in phrase.heads)
    return known == len(phrase.words) <= _SHORT


def _names_unknown(phrase: Phrase) -> bool:
    """Whether a capitalised word is left that no table knows: "l'armée Zarti"."""
    known = {at for head in phrase.heads for at in range(head.at, head.end)}
    return any(
        word.capital and word.text.lower() != word.text.upper()
        for at, word in enumerate(phrase.words)
        if at not in known
    )


def _by_nation(phrase: Phrase, context: ActorContext) -> ActorValue | None:
    """A country, its capital or its people that stands for its government or forces."""
    nation = _nation(phrase)
    if nation is None:
        return None
    rest = len(phrase.words) - len(phrase.counts) - sum(n.end - n.at for n in phrase.nations)
    if rest > 0:
        return None
    if nation.people:
        return ActorValue(
            name=nation.people.label,
            kind="community",
            country=nation.people.country,
            rule="people",
        )
    political = context.event is not None and context.event.value in groups()["political"]
    hit = context.role is Role.TARGET and not political
    return _of_nation(nation, context, political=political, hit=hit)


def _of_nation(
    nation: Nation, context: ActorContext, *, political: bool, hit: bool
) -> ActorValue | None:
    """A country for its government, a people for its side; where it is hit, the place is meant."""
    if nation.country is None:
        return None
    iso, how = nation.country.iso, nation.country.how
    if how != "demonym":
        if hit:
            return None
        note = f"{how} of the country for its government"
        return of_state(iso, classes()["government"], context, rule="country", note=note)
    if hit:
        name = f"People of {countries()[iso]}"
        return ActorValue(name=name, kind="people", country=iso, rule="country")
    cls = classes()["government" if political else "army"]
    return of_state(iso, cls, context, rule="country", note="a people named for its side")


def _by_equipment(phrase: Phrase, language: str, context: ActorContext) -> ActorValue | None:
    """A country's aircraft or gun for its forces: "un Su-25 russe"."""
    nation = _nation(phrase)
    if nation is None or nation.country is None:
        return None
    from temoin.grounding.equipment import resolve_equipment

    equipment = resolve_equipment(phrase.text, language)
    if equipment is None:
        return None
    from temoin.grounding.equipment.store import service

    branch = service(equipment.kind)
    if branch is None:
        return None
    return of_state(
        nation.country.iso, classes()[branch], context, rule="country+equipment",
        note=f"the forces that have the {equipment.name}",
    )  # fmt: skip
