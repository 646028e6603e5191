"""What a place phrase says: names, generic nouns, distance, bearing, relation.

`read_phrase` only reads; where it all is, `locate` works out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from temoin.grounding.place.gazetteer import Gazetteer
from temoin.grounding.place.lexicon import Lexicon, Tag, nation_of
from temoin.grounding.place.names import adjective_roots, script
from temoin.grounding.place.tokens import Token, tokenise
from temoin.grounding.place.toponyms import Toponym, forms_of, names_in

__all__ = ["Phrase", "read_phrase"]

_CENTRE = "centre"


@dataclass(slots=True)
class Phrase:
    """The parts of a place phrase.

    Attributes:
        start: First code point of the phrase in the text.
        end: One past its last.
        names: Names that the gazetteer has, in order.
        unknown: Capitalised words that it has not, runs joined ("Sra Khawra").
        kinds: Generic nouns in order, as kinds.
        heads: Where each of `kinds` stands.
        sizes: How large the settlement is that the generic nouns are said of: `small`, `large`.
        nations: ISO codes of demonyms ("la frontière irako-syrienne").
        anaphors: What the phrase points back to: `any`, `capital`.
        relation: "", near, edge, offshore, between.
        bearing: Degrees clockwise from north, or None.
        outside: Whether the bearing leads out of the anchor ("north of X") and not
            to a part of it ("northern X").
        central: Whether the centre of the anchor is meant.
        distance_km: A stated distance, or None.
        slack_km: How far from exact the stated distance is.
    """

    start: int
    end: int
    names: list[Toponym] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    sizes: list[str] = field(default_factory=list)
    nations: list[str] = field(default_factory=list)
    anaphors: list[str] = field(default_factory=list)
    relation: str = ""
    bearing: float | None = None
    outside: bool = False
    central: bool = False
    distance_km: float | None = None
    slack_km: float = 0.0


def read_phrase(text: str, start: int, end: int, *, words: Lexicon, gazetteer: Gazetteer) -> Phrase:
    """Read the place phrase at `text[start:end]`."""
    phrase = Phrase(start, end)
    tokens = tokenise(text, start=start, end=end)
    phrase.names = names_in(text, tokens, words, gazetteer)
    forms = forms_of(tokens, words)
    kinds = [any(tag.what == "kind" for tag in words.match(forms, i)[1]) for i in range(len(forms))]
    phrase.names = _with_adjectives(tokens, kinds, phrase.names, gazetteer)
    spans = [(name.start, name.end) for name in phrase.names]
    reader = _Reader(phrase, tokens, words.language)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if any(first <= token.start < last for first, last in spans):
            reader.name()
            index += 1
            continue
        length, tags = words.match(forms, index)
        covered = [
            i for i in range(index, index + length)
            if any(first <= tokens[i].start < last for first, last in spans)
        ]  # fmt: skip
        if covered:
            length = max(1, covered[0] - index)
            tags = words.match(forms[: covered[0]], index)[1]
        if tags and {tag.what for tag in tags} <= {"person", "speech"} and token.name:
            tags, length = frozenset(), 1  # "Abu al-Duhur": part of a name here
        if tags:
            reader.tagged(tags, index, length)
            index += length
            continue
        reader.plain(token)
        index += 1
    reader.finish()
    return phrase


_KNOWN = 20_000


def _with_adjectives(
    tokens: list[Token], kinds: list[bool], names: list[Toponym], gazetteer: Gazetteer
) -> list[Toponym]:
    """The names, and those inside Slavic adjectives: "Очеретинский район", "донецького аеропорту".

    A capital beside a generic noun makes sure of the adjective; one of a town that is not
    small counts by itself. What the gazetteer has under the adjective itself stays possible.
    """
    found = list(names)
    for index, token in enumerate(tokens):
        if script(token.text) != "cyrillic":
            continue
        lower = token.text.islower()
        beside = not lower and any(kinds[index + 1 : index + 3])
        if not beside and (names or (not lower and len(tokens) > 1)):
            continue
        own = [n for n in found if n.start <= token.start and token.end <= n.end]
        if any((n.start, n.end) != (token.start, token.end) for n in own):
            continue
        candidates = {place.id: place for name in own for place in name.candidates}
        for root in adjective_roots(token.text):
            for place in gazetteer.lookup_stem(root):
                large = place.aliases or place.population >= _KNOWN
                if place.feature in {"city", "suburb"} and (beside or large):
                    candidates.setdefault(place.id, place)
        if candidates:
            found = [name for name in found if name not in own]
            known = tuple(candidates.values())
            found.append(Toponym(token.start, token.end, token.text, known))
    return sorted(found, key=lambda name: name.start)


class _Reader:
    """Collects a phrase's parts from left to right."""

    def __init__(self, phrase: Phrase, tokens: list[Token], language: str) -> None:
        self.phrase = phrase
        self.tokens = tokens
        self.language = language
        self.number: float | None = None
        self.spread = 0.0
        self.run: list[str] = []
        self.after_bearing = ""

    def name(self) -> None:
        self._end_run()

    def _end_run(self) -> None:
        if self.run:
            self.phrase.unknown.append(" ".join(self.run))
            self.run = []

    def plain(self, token: Token) -> None:
        """A word that is neither name nor in the lexicon."""
        number = _digits(token.text)
        if number is not None:
            self.number = number
            self.spread = 0.0
            if self.run:
                self.run.append(token.text)  # "Kilo 16"
            return
        code = nation_of(token.text, self.language)
        if code:
            self._end_run()
            self.phrase.nations.append(code)
            return
        if token.name and not token.text[0].isdigit() and len(token.text) > 1:
            self.run.append(token.text)
        else:
            self._end_run()

    def tagged(self, tags: frozenset[Tag], index: int, length: int) -> None:
        """A phrase of the lexicon."""
        phrase = self.phrase
        what = {tag.what for tag in tags}
        self._measured(tags, index, length)
        if "kind" in what:
            self._kind(tags, index)
        phrase.sizes += sorted(tag.value for tag in tags if tag.what == "size")
        if "anaphor" in what:
            phrase.anaphors += sorted(tag.value for tag in tags if tag.what == "anaphor")
        for relation in ("between", "offshore", "edge", "near"):
            if relation in what and not phrase.relation:
                phrase.relation = relation
        if "of" in what and phrase.bearing is not None and not self.after_bearing:
            self.after_bearing = self.tokens[index].text.casefold()
        if not what & {"of", "skip"}:
            self._end_run_if_lower(index)

    def _measured(self, tags: frozenset[Tag], index: int, length: int) -> None:
        """A number, a unit, a bearing."""
        phrase = self.phrase
        values = {tag.what: tag.value for tag in sorted(tags, key=lambda t: (t.what, t.value))}
        if "unit" in values and self.number is not None:
            self._end_run()
            phrase.distance_km = self.number * float(values["unit"])
            phrase.slack_km = self.spread * float(values["unit"])
            self.number = None
        elif values.get("bearing") == _CENTRE and "kind" not in values:
            phrase.central = True
        elif values.get("bearing", _CENTRE) != _CENTRE:
            self._bearing(float(values["bearing"]), index, length)
        elif "number" in values and self.number is None and not self.run:
            self.number = float(values["number"])
            self.spread = 0.3 * self.number if length == 1 and "skip" not in values else 0.0

    def _kind(self, tags: frozenset[Tag], index: int) -> None:
        """A generic noun; capitalised within a run it is part of the name."""
        token = self.tokens[index]
        if self.run and token.text[0].isupper():
            self.run.append(token.text)
            return
        self._end_run()
        kinds = [tag.value for tag in tags if tag.what == "kind"]
        near = any(tag.what == "near" for tag in tags)
        self.phrase.kinds.append(max(kinds) if near else min(kinds))
        self.phrase.heads.append(token.start)

    def _end_run_if_lower(self, index: int) -> None:
        if not self.tokens[index].text[0].isupper():
            self._end_run()

    def _bearing(self, degrees: float, index: int, length: int) -> None:
        phrase = self.phrase
        if phrase.bearing is None:
            phrase.bearing = degrees
        else:
            # "nord-est" in two words, "north by east": halfway.
            turn = (degrees - phrase.bearing + 180) % 360 - 180
            if abs(turn) <= 90:
                phrase.bearing = (phrase.bearing + turn / 2) % 360
        before = [token.text.casefold() for token in self.tokens[max(0, index - 2) : index]]
        word = " ".join(t.text.casefold() for t in self.tokens[index : index + length])
        phrase.outside = phrase.outside or _leads_out(self.language, before, word)

    def finish(self) -> None:
        self._end_run()
        phrase = self.phrase
        if phrase.bearing is not None and self.after_bearing:
            phrase.outside = phrase.outside or (
                (self.language, self.after_bearing)
                in {("en", "of"), ("en", "from"), ("ru", "от"), ("uk", "від"), ("ar", "من")}
                and not self._is_the_north()
            )
        if phrase.distance_km is not None:
            phrase.outside = True

    def _is_the_north(self) -> bool:
        """English "the north of X" is a part of X; "north of X" is not."""
        first = self.tokens[0].text.casefold() if self.tokens else ""
        return self.language == "en" and first in {"the", "in"}


def _leads_out(language: str, before: list[str], word: str) -> bool:
    if language == "fr":
        return bool({"à", "au"} & set(before))
    if language == "es":
        return "al" in before
    if language in {"ru", "uk"}:
        return word.endswith(("нее", "ніше", "ее"))
    return False


def _digits(word: str) -> float | None:
    cleaned = word.replace(",", ".")
    try:
        return float(cleaned) if cleaned[:1].isdigit() else None
    except ValueError:
        return None
