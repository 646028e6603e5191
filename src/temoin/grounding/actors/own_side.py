"""Whose "our forces" are: in a text that a party to the conflict published, its own.

It is a guess, and the value says so: its rule is `publisher`, its note names the publisher.
Nothing is guessed where somebody else is quoted, where the publisher is no known party, or
where the words name a country or a group.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from temoin.grounding.actors.lexicon import classes
from temoin.grounding.actors.resolve import resolve_actor
from temoin.grounding.actors.store import actor
from temoin.grounding.actors.theatre import ActorContext
from temoin.grounding.actors.values import known_value, of_state
from temoin.grounding.actors.words import words
from temoin.record import ActorValue, Document

__all__ = ["RULE", "of_own_side", "publisher_of"]

RULE = "publisher"

#: What the words alone may say: a class of force, also one that the theatre settled.
_OPEN = frozenset({"class", "theatre+class"})
_FORCES = frozenset({"armed_force", "armed_group", "jihadist_group", "militia", "rebel_group",
                     "state_forces"})  # fmt: skip
_PARTIES = frozenset({*_FORCES, "coalition", "government", "identity_militia", "peacekeeping"})
#: "Our" stands at the beginning: "three of our soldiers", not "the enemies of our army".
_WITHIN = 3


def publisher_of(document: Document, context: ActorContext) -> ActorValue | None:
    """The known party that published a document; None where it is a paper, or nobody known.

    Args:
        document: The document.
        context: What it tells beyond its publisher.
    """
    if document.source is None:
        return None
    for language in dict.fromkeys((document.language, "en")):
        found = resolve_actor(document.source, language, context=context)
        if found is None or found.id is None or found.kind not in _PARTIES:
            continue
        state = found.kind == "government" and found.country is not None
        if state or actor(found.id) is not None:
            return found
    return None


def of_own_side(
    value: ActorValue, text: str, language: str, publisher: ActorValue, context: ActorContext
) -> ActorValue | None:
    """The publisher's forces where the words are "our forces"; None where they are not.

    Args:
        value: What the words alone give.
        text: The words.
        language: Theirs.
        publisher: What `publisher_of` gave.
        context: What the document tells beyond the words.
    """
    if value.rule not in _OPEN or value.kind not in _FORCES or not _is_ours(text, language):
        return None
    note = f"a guess: the words say “our”, and {publisher.name} published the text"
    known = actor(publisher.id or "")
    if publisher.kind == "government" and publisher.country:
        guessed = of_state(publisher.country, classes()["army"], context, rule=RULE, note=note)
    elif known is not None:
        guessed = known_value(known, context, rule=RULE, note=note)
    else:
        return None
    return guessed.model_copy(update={"as_written": value.as_written, "loaded": value.loaded})


def _is_ours(text: str, language: str) -> bool:
    ours = _first_person().get(language, frozenset())
    # In Arabic "and", "so", "by" and "for" are written on to the noun.
    forms = [word.fold for word in words(text)[:_WITHIN]]
    if language == "ar":
        forms += [fold[1:] for fold in forms if fold[:1] in ("و", "ف", "ب", "ل")]
    return not ours.isdisjoint(forms)


@cache
def _first_person() -> dict[str, frozenset[str]]:
    data = resources.files("temoin.grounding.actors").joinpath("data/first_person.toml")
    listed: dict[str, list[str]] = tomllib.loads(data.read_text(encoding="utf-8"))
    return {
        language: frozenset(word.fold for form in forms for word in words(form))
        for language, forms in listed.items()
    }
