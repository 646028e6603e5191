"""Where things are named in a text: its arguments, its names, determiners with their nouns.

There is no parser: a noun phrase is a determiner with the words up to the next
function word, a name is a run of words with a capital. What the record's events
point to is taken as it stands.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from temoin.grounding.entities._phrases import NAMED, PLACES, Phrase, analyse
from temoin.grounding.entities._tables import Table, common, table_for
from temoin.grounding.entities._tokens import Token, tokenize
from temoin.record import Argument, Attribution, Record, Role

__all__ = ["ATTRIBUTION", "Scene"]

ATTRIBUTION = "attribution"

#: Most words of a phrase after its determiner.
_LONGEST = 4
_LONGEST_NAME = 6
_LEFT_OUT = frozenset({Role.TIME, Role.QUANTITY})
_QUOTES = frozenset('«“"»”')


class Scene:
    """A record's text cut into tokens and sentences, and the phrases that name things."""

    def __init__(self, record: Record) -> None:
        document = record.document
        self.text = document.text
        self.table: Table = table_for(document.language)
        self.tokens = tokenize(self.text, elides=self.table.elides)
        self._starts = [token.start for token in self.tokens]
        self._sentences = sorted(document.sentences) or [(0, len(self.text))]
        self._sentence_starts = [start for start, _ in self._sentences]
        self._heads = self._first_tokens()
        self._sure, self.names = self._capitals()
        self.types = [event.type.value for event in record.events]
        self._triggers = [event.trigger.start for event in record.events]
        #: Spans of arguments and attributions whose antecedent the record names already.
        self.told: dict[tuple[int, int], tuple[int, int]] = {}
        self.phrases: list[Phrase] = self._collect(record)
        self._mark_first()

    def sentence(self, position: int) -> int:
        """Number of the sentence at an offset."""
        return max(0, bisect.bisect_right(self._sentence_starts, position) - 1)

    def between(self, one: int, other: int) -> str:
        """The text between two offsets."""
        return self.text[one:other]

    def tokens_between(self, one: int, other: int) -> int:
        """How many words and marks stand between two offsets."""
        return bisect.bisect_left(self._starts, other) - bisect.bisect_left(self._starts, one)

    def _span(self, start: int, end: int) -> tuple[int, int]:
        """Numbers of the first token at or after `start` and of the one at or after `end`."""
        return bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end)

    def _first_tokens(self) -> set[int]:
        heads = set()
        for start in self._sentence_starts:
            at = bisect.bisect_left(self._starts, start)
            while at < len(self.tokens) and not self.tokens[at].word:
                at += 1
            heads.add(at)
        return heads

    def _opens(self, at: int) -> bool:
        """Whether the token may have its capital from its place alone."""
        if at in self._heads or at == 0:
            return True
        before = self.tokens[at - 1]
        return before.text in _QUOTES or before.text in (".", "!", "?", ":", "—", "-")

    def _capitals(self) -> tuple[frozenset[str], frozenset[str]]:
        """Words that are names for sure, and with them those that may be.

        Sure are words with a capital where nothing else asks for one.
        """
        table = self.table
        within: set[str] = set()
        opening: set[str] = set()
        lower: set[str] = set()
        for at, token in enumerate(self.tokens):
            if not token.word or token.fold.partition("'")[0] in table.pronouns:
                continue
            if not token.capital:
                lower.add(token.fold)
            elif self._opens(at):
                opening.add(token.fold)
            else:
                within.add(token.fold)
        plain = {
            word for word in opening
            if word in lower or word in table.stops or word in table.prepositions
            or word in table.determiners or word in table.pronouns or word in table.adjectives
            or word in table.numbers or table.noun(word)
        }  # fmt: skip
        sure = frozenset(within - table.stops)
        return sure, sure | (opening - plain)

    def _collect(self, record: Record) -> list[Phrase]:
        given = self._given(record)
        found = list(given.values())
        taken = sorted(given)
        others = [span for span in sorted(set(self.told.values())) if not _covered(*span, taken)]
        taken = sorted({*taken, *others})
        others += [span for span in self._noun_phrases() if not _covered(*span, taken)]
        for phrase in given.values():
            others += self._within(phrase)
        for start, end in dict.fromkeys(others):
            other = self.phrase(start, end)
            if other is not None:
                found.append(other)
        self._hint(found)
        return sorted(found, key=lambda phrase: (phrase.start, phrase.end))

    def _given(self, record: Record) -> dict[tuple[int, int], Phrase]:
        """The arguments and attributions, one phrase for each span."""
        given: dict[tuple[int, int], Phrase] = {}
        for number, event in enumerate(record.events):
            spans: list[tuple[str, Argument | Attribution]] = [
                (argument.role.value, argument)
                for argument in event.arguments
                if argument.role not in _LEFT_OUT
            ]
            if event.attribution:
                spans.append((ATTRIBUTION, event.attribution))
            for role, span in spans:
                key = (span.start, span.end)
                phrase = given.get(key) or self.phrase(*key)
                if phrase is None:
                    continue
                phrase.given = True
                phrase.take_role(role, number, event.type.value)
                given[key] = phrase
                if span.antecedent:
                    self.told[key] = (span.antecedent.start, span.antecedent.end)
        return given

    def _within(self, phrase: Phrase) -> list[tuple[int, int]]:
        """The name that a description hangs on: les faubourgs de | Goma."""
        if phrase.own or not phrase.names:
            return []
        first, last = self._span(phrase.start, phrase.end)
        for at in range(first + 1, last):
            before = self.tokens[at - 1].fold
            links = before in self.table.prepositions or before in self.table.determiners
            if links and self._named(at):
                stop = min(self._run(at), last)
                return [(self.tokens[at].start, self.tokens[stop - 1].end)]
        return []

    def phrase(self, start: int, end: int) -> Phrase | None:
        """What the words between two offsets tell; None where there are no words."""
        first, last = self._span(start, end)
        tokens: Sequence[Token] = self.tokens[first:last]
        if not tokens or tokens[0].start != start or tokens[-1].end != end:
            tokens = tokenize(self.text, elides=self.table.elides, start=start, end=end)
        if not any(token.word for token in tokens):
            return None
        phrase = analyse(tokens, self.table, names=self.names)
        phrase.start, phrase.end = start, end
        phrase.sentence = self.sentence(start)
        phrase.at = first
        return phrase

    def _hint(self, phrases: Sequence[Phrase]) -> None:
        """What prepositions and other mentions tell of bare names: in Goma, à Goma."""
        placed = {
            name
            for phrase in phrases
            if not phrase.role_set.isdisjoint(PLACES)
            for name in phrase.names
        }
        for phrase in phrases:
            if phrase.form != NAMED or not phrase.own or phrase.groups or not self.tokens:
                continue
            at = min(phrase.at, len(self.tokens) - 1)
            words = {self.tokens[at].fold, self.tokens[at - 1].fold if at else ""}
            # Persons are spoken "à" as well: a long name must be that of a place elsewhere.
            sure = len(phrase.names) == 1 or not placed.isdisjoint(phrase.names)
            if sure and not words.isdisjoint(self.table.towns):
                phrase.groups = ("settlement",)
            if " ".join(phrase.names) in common().capitals:
                phrase.groups = ("capital", "settlement")
            phrase.placed = sure and not words.isdisjoint(self.table.places)

    def _noun_phrases(self) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(self.tokens):
            stop = self._phrase_from(at)
            if stop > at:
                yield self.tokens[at].start, self.tokens[stop - 1].end
                at = stop
            else:
                at += 1

    def _phrase_from(self, at: int) -> int:
        """Where the phrase that starts with token `at` ends; `at` where there is none."""
        token, table = self.tokens[at], self.table
        if not token.word:
            return at
        if token.fold in table.determiners and token.fold not in table.stops:
            stop = self._words(at + 1)
            return self._linked(stop) if stop > at + 1 else at
        if self._named(at):
            return self._linked(self._run(at))
        if table.has_article(token.fold) and table.noun(token.fold):
            return at + 1
        if table.noun(token.fold) and token.fold not in table.stops:
            return self._linked(at + 1)
        return at

    def _words(self, at: int) -> int:
        """The end of the noun and its adjectives from token `at`."""
        table = self.table
        nouns = 0
        for stop in range(at, min(at + _LONGEST, len(self.tokens))):
            token = self.tokens[stop]
            if (
                not token.word or token.fold in table.stops or token.fold in table.prepositions
                or (token.fold in table.determiners and stop > at)
            ):  # fmt: skip
                return stop
            if self._named(stop):
                return self._run(stop)
            if token.fold not in table.adjectives and not token.text[:1].isdigit():
                nouns += 1
                if not table.head_last and nouns == 1:
                    return stop + 1
        return min(at + _LONGEST, len(self.tokens))

    def _named(self, at: int) -> bool:
        token = self.tokens[at]
        if not token.word or not token.capital or token.fold not in self.names:
            return False
        if token.fold in self._sure or token.text.isupper():
            return True
        after = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if after is None or not after.word:
            return True
        return after.fold in self._sure and after.capital

    def _run(self, at: int) -> int:
        """The end of a run of names from token `at`: Tarek al-Dalloum."""
        stop = at + 1
        while stop < len(self.tokens) and stop < at + _LONGEST_NAME:
            if self._named(stop):
                stop += 1
            elif (
                self.tokens[stop].fold in self.table.joining
                and self.tokens[stop].fold not in self.table.stops
                and stop + 1 < len(self.tokens) and self._named(stop + 1)
            ):  # fmt: skip
                stop += 2
            else:
                break
        return stop

    def _linked(self, stop: int) -> int:
        """Take a name that hangs on the phrase with it: la ville | de Goma."""
        if (
            stop + 1 < len(self.tokens)
            and self.tokens[stop].fold in self.table.joining
            and self.tokens[stop].fold in self.table.prepositions
        ):
            after = stop + 1
            if self.tokens[after].fold in self.table.determiners and after + 1 < len(self.tokens):
                after += 1
            if self._named(after):
                return self._run(after)
        return stop

    def _mark_first(self) -> None:
        seen: set[int] = set()
        for phrase in self.phrases:
            if phrase.sentence not in seen:
                seen.add(phrase.sentence)
                phrase.first = True
            phrase.stands = self._stands(phrase)
            phrase.acts = any(self._triggers[event] > phrase.start for event in phrase.event_set)

    def _stands(self, phrase: Phrase) -> str:
        """How a phrase stands in its sentence, by the words beside it."""
        table = self.table
        first, last = self._span(phrase.start, phrase.end)
        if first >= len(self.tokens):
            return "other"
        before = self.tokens[first - 1] if first else None
        opening = self.tokens[first].fold
        governed = before is not None and before.word and before.fold in table.prepositions
        if governed or (last > first + 1 and opening in table.prepositions):
            return "governed"
        if phrase.first:
            return "opens"
        after = self.tokens[last] if last < len(self.tokens) else None
        if after is None or not after.word or after.capital:
            return "other"
        word = after.fold
        if word in table.prepositions or word in table.determiners or word in table.joining:
            return "other"
        return "subject"


def _covered(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a stretch shares a word with an argument: those are taken as they stand."""
    at = bisect.bisect_left(taken, (start, end))
    return any(begin < end and start < stop for begin, stop in taken[max(0, at - 4) : at + 2])
