"""A phrase of the text and what its own words tell: form, head, gender, number, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from temoin.grounding.entities._tables import Noun, Pronoun, Table, common
from temoin.grounding.entities._tokens import Token
from temoin.record import Role

__all__ = ["FORMS", "NAMED", "PLACES", "PRONOUNS", "Phrase", "analyse"]

PLACES: Final = frozenset({Role.PLACE.value, Role.ORIGIN.value, Role.DESTINATION.value})

#: Forms of pronouns and of what stands like one.
PRONOUNS: Final = (
    *("subject", "object", "adverb", "of", "relative", "where", "possessive", "this", "those"),
    *("speaker", "part", "rest", "number"),
)

#: The form of what names its thing by itself.
NAMED: Final = "name"

#: Forms that may take up an earlier mention. A school or "the barracks of the guard" do so
#: only as places that lie in a town named before.
FORMS: Final = (
    *(*PRONOUNS, "definite", "demonstrative", "owned", "ours", "bare", "same"),
    *("indefinite", NAMED),
)

_FORM_OF: Final = {"possessive": "owned", "speaker": "ours"}
_LONGEST_PRONOUN: Final = 5


@dataclass(slots=True, eq=False)
class Phrase:
    """Words that name or take up a thing.

    Args:
        start: First code point.
        end: One past the last code point.
        form: One of `FORMS`, `name` or `indefinite`.
        gender: m, f, n or any.
        number: s, p or any.
        groups: What the table knows of its head noun.
        head: Its head noun in one spelling, empty where it is a mere name.
        names: Its words with a capital, in one spelling, in their order.
        own: Whether the names are those of the thing itself, not of what it belongs to.
        modifiers: The other telling words.
        titled: Whether a title stands before the name.
        sentence: Number of its sentence.
        first: Whether nothing but function words stands before it in its sentence.
        at: Number of its first token in the text.
        roles: What it is to events: role and number of the event.
        role_set: The roles alone.
        event_set: The numbers of the events alone.
        task_set: The roles, each with the type of its event.
        given: Whether it is an argument or an attribution of the record.
        placed: Whether a preposition of place stands before the name.
        stands: How it stands in its sentence: opens it, governed by a preposition,
            subject (a verb may follow) or other.
        acts: Whether it stands before the trigger of one of its events.
    """

    start: int
    end: int
    form: str
    gender: str = "any"
    number: str = "any"
    groups: tuple[str, ...] = ()
    head: str = ""
    names: tuple[str, ...] = ()
    own: bool = False
    modifiers: frozenset[str] = frozenset()
    titled: bool = False
    sentence: int = 0
    first: bool = False
    at: int = 0
    roles: list[tuple[str, int]] = field(default_factory=list)
    role_set: set[str] = field(default_factory=set)
    event_set: set[int] = field(default_factory=set)
    task_set: set[tuple[str, str]] = field(default_factory=set)
    given: bool = False
    placed: bool = False
    stands: str = "other"
    acts: bool = False

    def take_role(self, role: str, event: int, event_type: str) -> None:
        """Note that it is an argument or the attribution of an event."""
        self.roles.append((role, event))
        self.role_set.add(role)
        self.event_set.add(event)
        self.task_set.add((role, event_type))

    @property
    def kind(self) -> str | None:
        """place, group, person or equipment, so far as its words and roles tell."""
        if self.titled:
            return "person"
        known = common().kind(self.groups)
        if known:
            return known
        if not self.role_set.isdisjoint(PLACES) or (self.placed and not self.roles):
            return "place"
        return "equipment" if self.role_set == {Role.INSTRUMENT.value} else None


def analyse(tokens: Sequence[Token], table: Table, *, names: frozenset[str]) -> Phrase:
    """What the words of a phrase tell.

    Args:
        tokens: Its tokens, at least one.
        table: The table of the language.
        names: Folded words that the document writes with a capital within sentences.
    """
    start, end = tokens[0].start, tokens[-1].end
    words = [token for token in tokens if token.word] or list(tokens)
    pronoun = _pronoun(words, table)
    if pronoun:
        return Phrase(start, end, pronoun.form, pronoun.gender, pronoun.number)
    while len(words) > 1 and words[0].fold in table.prepositions:
        if words[0].fold in table.determiners:
            break
        words = words[1:]
        pronoun = _pronoun(words, table)
        if pronoun:
            return Phrase(start, end, pronoun.form, pronoun.gender, pronoun.number)
    determiner = table.determiners.get(words[0].fold) if len(words) > 1 else None
    if determiner:
        words = words[1:]
    counted = len(words)
    words = _uncounted(words, table)
    many = len(words) < counted or words[0].text[:1].isdigit()
    body = [word for word in words if word.fold not in table.adjectives] or words
    named = [_is_name(word, names) for word in body]
    head, known = _head(body, named, table)
    phrase = _described(start, end, body, named, head, table)
    phrase.groups = known.groups if known else ()
    phrase.form = _form(determiner, words, phrase, table)
    if many and phrase.form in ("bare", "definite") and determiner is None:
        phrase.form = "indefinite"
    phrase.gender, phrase.number = _agreement(determiner, body, head, known, table)
    if any(word.fold in table.feminine for word in words[:2]):
        phrase.gender = "f"
    if phrase.titled:
        phrase.number = "s"
    elif many:
        phrase.number = "p"
        # "deux de Zaporijjia", "three Su-25": not what the name itself names.
        phrase.own = False
    return phrase


def _uncounted(words: list[Token], table: Table) -> list[Token]:
    """The words after a number and what links it: une vingtaine d'|hommes."""
    at = 0
    while at < len(words) and (
        words[at].fold in table.numbers or words[at].text[:1].isdigit()
        or (at and words[at].fold in table.prepositions)
    ):  # fmt: skip
        at += 1
    return words[at:] if 0 < at < len(words) else words


def _described(
    start: int,
    end: int,
    body: Sequence[Token],
    named: Sequence[bool],
    head: int | None,
    table: Table,
) -> Phrase:
    telling = [
        (at, table.lemma(_plain(word)), name)
        for at, (word, name) in enumerate(zip(body, named, strict=True))
        if at != head and (name or word.fold not in table.stops)
        and word.fold not in table.prepositions and word.fold not in table.determiners
    ]  # fmt: skip
    phrase = Phrase(start, end, "indefinite")
    phrase.head = "" if head is None else table.lemma(body[head].fold)
    phrase.names = tuple(word for _, word, name in telling if name)
    phrase.modifiers = frozenset(word for _, word, name in telling if not name)
    titled = any(word.fold in table.titles for word in body[:3])
    linked = any(word.fold in table.prepositions for word in body)
    phrase.titled = titled and bool(phrase.names) and not linked
    phrase.own = head is None or named[head] or phrase.titled or _is_town(body[head], phrase, table)
    if phrase.own and phrase.titled:
        phrase.names = tuple(name for name in phrase.names if name not in table.titles)
    return phrase


def _is_town(head: Token, phrase: Phrase, table: Table) -> bool:
    """Whether the noun only says what the name is: "la ville de Goma" is Goma, its base is not."""
    noun = table.noun(head.fold)
    return (
        noun is not None
        and noun.groups[0] == "settlement"
        and not table.is_plural(head.fold)
        and not any(table.noun(word) for word in phrase.modifiers)
    )


def _form(determiner: Pronoun | None, words: Sequence[Token], phrase: Phrase, table: Table) -> str:
    folds = [word.fold for word in words]
    if determiner and determiner.form == "demonstrative":
        return "demonstrative"
    if any(word in table.same for word in (*folds[:1], *folds[-1:])):
        return "same"
    if phrase.names:
        return NAMED
    if determiner:
        return _FORM_OF.get(determiner.form, determiner.form)
    if table.has_article(words[0].fold):
        return "definite"
    counted = words[0].text[:1].isdigit() or words[0].fold in table.numbers
    return "bare" if phrase.groups and not counted else "indefinite"


def _agreement(
    determiner: Pronoun | None,
    body: Sequence[Token],
    head: int | None,
    known: Noun | None,
    table: Table,
) -> tuple[str, str]:
    gender = number = "any"
    if determiner:
        gender, number = determiner.gender, determiner.number
    owned = determiner is not None and determiner.form in ("possessive", "speaker")
    # "his brigade": the determiner's gender and number are the owner's in English.
    if owned:
        gender = "any"
        number = "any" if table.head_last else number
    if head is not None:
        if known and known.gender != "any":
            gender = known.gender
        plural = table.is_plural(body[head].fold)
        if plural is not None and (number == "any" or table.language == "en"):
            number = "p" if plural else "s"
    elif number == "any" and len(body) > 1:
        # "MINISTÈRE DE LA DÉFENSE" is a name, and one institution all the same.
        first = table.noun(body[0].fold)
        if first and common().collective.isdisjoint(first.groups):
            number = "p" if table.is_plural(body[0].fold) else "s"
    return gender, number


def _pronoun(words: Sequence[Token], table: Table) -> Pronoun | None:
    if len(words) > 8:
        return None
    folded = " ".join(word.fold for word in words)
    if len(words) <= _LONGEST_PRONOUN:
        found = table.pronouns.get(folded)
        # US is no pronoun, I is one.
        if found and not (len(folded) > 1 and words[0].text.isupper()):
            return found
    for end in table.part_ends:
        if folded.endswith(" " + end):
            return Pronoun("part", "any", "any")
    if all(word.fold in table.numbers or word.fold.isdigit() for word in words):
        return Pronoun("number", "any", "p")
    return None


def _plain(word: Token) -> str:
    return word.fold.removesuffix("'s")


def _is_name(word: Token, names: frozenset[str]) -> bool:
    if word.text[:1].isdigit():
        return False
    if not word.capital:
        return any(letter.isupper() for letter in word.text[1:])
    return word.fold in names or word.text.isupper()


def _head(
    body: Sequence[Token], named: Sequence[bool], table: Table
) -> tuple[int | None, Noun | None]:
    """The head noun: the last before a preposition in English, else the first that is known."""
    last = next(
        (at for at, word in enumerate(body) if at and word.fold in table.prepositions), len(body)
    )
    own = [at for at in range(last) if not named[at] and not body[at].text[:1].isdigit()]
    if not own:
        # "Wadi al-Deif Base", "Hôpital Al-Shifa": a known noun within the name.
        for at in reversed(range(last)) if table.head_last else range(last):
            noun = table.noun(body[at].fold)
            if noun and noun.groups[0] in common().kinds and last > 1:
                return at, noun
        return None, None
    if table.head_last:
        own.reverse()
    own = [at for at in own if body[at].fold not in table.stops] or own
    for at in own:
        noun = table.noun(body[at].fold)
        if noun:
            return at, noun
        # "hospital records" are no hospital, "the soldiers there" are soldiers.
        if table.head_last and table.is_plural(body[at].fold):
            return at, None
    if any(named[:last]) and not table.stems:
        return None, None
    return own[0], None
