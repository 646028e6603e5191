"""The names of the features, and their numbers as the code uses them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from temoin.grounding.entities._finding import ATTRIBUTION
from temoin.grounding.entities._phrases import FORMS as ASKED
from temoin.grounding.entities._phrases import NAMED
from temoin.grounding.entities._tables import common

SENTENCES: Final = ("0", "1", "2", "3", "4-6", "7-12", "13+")
GAPS: Final = ("0", "1", "2-3", "4-7", "8-15", "16+")
RANKS: Final = ("1", "2", "3", "4-6", "7+")
FORMS: Final = (NAMED, "definite", "indefinite", "bare", "other")
ROLES: Final = (
    *("actor", "target", "place", "origin", "destination", "instrument", ATTRIBUTION, "none"),
)
KINDS: Final = ("place", "group", "person", "equipment", "unknown")
WHERE: Final = ("same", "before", "far", "later")
AGREES: Final = ("same", "other", "unknown")
SUITS: Final = ("well", "somewhat", "neutral", "little", "badly")
NUMBERS: Final = ("s", "p", "any")
STANDS: Final = ("opens", "governed", "subject", "other")
PARTS: Final = ("actor", "target", "place", "instrument", "attribution")
LANGUAGES: Final = ("fr", "en", "es", "ar", "uk", "ru")

FEATURES: Final[tuple[str, ...]] = (
    *(f"sentences={n}" for n in SENTENCES),
    *("later:same sentence", "later:next sentence"),
    *(f"gap={n}" for n in GAPS),
    *(f"later gap={n}" for n in GAPS),
    *(f"recency={n}" for n in RANKS),
    *(f"recency of fitting={n}" for n in RANKS),
    *("fitting 1 named", "fitting 1 role same", "fitting 1 first", "named role same"),
    *("far most mentioned", "far unnamed", "far named place", "near named place"),
    *(f"{where} role={role}" for where in WHERE for role in ROLES),
    *(f"{where} form={form}" for where in WHERE for form in FORMS),
    *(f"{where} agrees={agrees}" for where in WHERE for agrees in AGREES),
    *(f"{where} first" for where in WHERE),
    *(f"suits={suits}" for suits in SUITS),
    "same type and role",
    *("gender same", "gender other", "number same", "number other", "number collective"),
    *("kind same", "kind other", "kind unknown"),
    *(f"kind={kind}" for kind in KINDS),
    *(f"form={form}" for form in FORMS),
    *("named", "pronoun last", "resolved"),
    *(f"role={role}" for role in ROLES),
    *("role same", "role same before", "place both", "place neither"),
    *("same event", "event before", "event two before"),
    *(
        f"{one}:{where} stands {stands}"
        for one in ("first", "later")
        for where in WHERE
        for stands in STANDS
    ),
    *(f"{where} acts" for where in WHERE),
    *(f"named place {rank}" for rank in RANKS),
    *(f"named place of sentence {rank}" for rank in RANKS),
    *(f"named place with role {rank}" for rank in RANKS),
    *(f"lies in, sentences={n}" for n in SENTENCES),
    *(f"{where} suffers" for where in WHERE),
    *(f"{role} of same event" for role in PARTS),
    *(f"{one} after {role} of event before" for one in PARTS for role in PARTS),
    *("first in sentence", "first in sentence before", "first in same sentence"),
    *("mentions=1", "mentions=2", "mentions=3", "mentions=4+"),
    *("head same", "group same", "group wider", "group apart", "head in name"),
    *("head same and last of it", "modifiers shared", "modifiers apart"),
    *("name and place noun", "name and group noun", "name and person noun"),
    *(
        "first sentence",
        "opens the text",
        "same paragraph",
        "most mentioned",
    ),
    *(f"most mentioned {kind}" for kind in KINDS),
    *(f"most mentioned named place, recency {n}" for n in (1, 2, 3)),
    *("speaker nearby", "plural and number"),
    "none",
    *(f"none:{language}" for language in LANGUAGES),
    *(f"none:role={role}" for role in ROLES),
    *(f"none:kind={kind}" for kind in KINDS),
    *("none:plural", "none:singular", "none:modifiers", "none:first sentence"),
    *("none:no head same", "none:no group", "none:words=1", "none:words=2", "none:words=3+"),
    *(f"none:group={group}" for group in sorted(common().kinds)),
    *(f"asks form={form}" for form in ASKED),
    *(f"asks language={language}" for language in LANGUAGES),
    *(f"asks role={role}" for role in ROLES),
    *(f"asks stands={stands}" for stands in STANDS),
    *(f"asks number={number}" for number in NUMBERS),
    *(f"asks kind={kind}" for kind in KINDS),
)

F: Final = {name: index for index, name in enumerate(FEATURES)}
NO_ROLE: Final = frozenset({"none"})


def numbers(template: str, values: Iterable[str]) -> dict[str, int]:
    """Numbers of a family of features, by the value that fills the template."""
    return {value: F[template.format(value)] for value in values}


SENTENCE_F: Final = numbers("sentences={}", SENTENCES)
GAP_F: Final = numbers("gap={}", GAPS)
LATER_GAP_F: Final = numbers("later gap={}", GAPS)
RECENCY_F: Final = numbers("recency={}", RANKS)
FITTING_F: Final = numbers("recency of fitting={}", RANKS)
KIND_F: Final = numbers("kind={}", KINDS)
FORM_F: Final = numbers("form={}", FORMS)
ROLE_F: Final = numbers("role={}", ROLES)
SUITS_F: Final = numbers("suits={}", SUITS)
WHERE_ROLE_F: Final = {where: numbers(f"{where} role={{}}", ROLES) for where in WHERE}
WHERE_FORM_F: Final = {where: numbers(f"{where} form={{}}", FORMS) for where in WHERE}
WHERE_AGREES_F: Final = {where: numbers(f"{where} agrees={{}}", AGREES) for where in WHERE}
WHERE_FIRST_F: Final = numbers("{} first", WHERE)
GENDER_SAME: Final = F["gender same"]
GENDER_OTHER: Final = F["gender other"]
NUMBER_SAME: Final = F["number same"]
NUMBER_OTHER: Final = F["number other"]
NUMBER_COLLECTIVE: Final = F["number collective"]
PLURAL_AND_NUMBER: Final = F["plural and number"]
KIND_UNKNOWN: Final = F["kind unknown"]
KIND_SAME: Final = F["kind same"]
KIND_OTHER: Final = F["kind other"]
LATER_SAME: Final = F["later:same sentence"]
LATER_NEXT: Final = F["later:next sentence"]
FIRST: Final = F["first in sentence"]
FIRST_BEFORE: Final = F["first in sentence before"]
FIRST_SAME: Final = F["first in same sentence"]
SAME_PARAGRAPH: Final = F["same paragraph"]
ROLE_SAME: Final = F["role same"]
ROLE_SAME_BEFORE: Final = F["role same before"]
PLACE_BOTH: Final = F["place both"]
PLACE_NEITHER: Final = F["place neither"]
SAME_EVENT: Final = F["same event"]
EVENT_BEFORE: Final = F["event before"]
EVENT_TWO_BEFORE: Final = F["event two before"]
STANDS_F: Final = {
    (first, where): numbers(f"{'first' if first else 'later'}:{where} stands {{}}", STANDS)
    for first in (True, False)
    for where in WHERE
}
PLACE_RANK_F: Final = numbers("named place {}", RANKS)
PLACE_SAME_F: Final = numbers("named place of sentence {}", RANKS)
PLACE_ROLE_F: Final = numbers("named place with role {}", RANKS)
LIES_IN_F: Final = numbers("lies in, sentences={}", SENTENCES)
ASKS_FORM_F: Final = numbers("asks form={}", ASKED)
ASKS_LANGUAGE_F: Final = numbers("asks language={}", LANGUAGES)
ASKS_ROLE_F: Final = numbers("asks role={}", ROLES)
ASKS_STANDS_F: Final = numbers("asks stands={}", STANDS)
ASKS_NUMBER_F: Final = numbers("asks number={}", NUMBERS)
ASKS_KIND_F: Final = numbers("asks kind={}", KINDS)
ACTS_F: Final = numbers("{} acts", WHERE)
SUFFERS_F: Final = numbers("{} suffers", WHERE)
OF_SAME_F: Final = numbers("{} of same event", PARTS)
OF_BEFORE_F: Final = {
    (one, role): F[f"{one} after {role} of event before"] for one in PARTS for role in PARTS
}
SAME_TASK: Final = F["same type and role"]
NAMED_F: Final = F["named"]
PRONOUN_LAST: Final = F["pronoun last"]
HEAD_SAME: Final = F["head same"]
HEAD_SAME_LAST: Final = F["head same and last of it"]
HEAD_IN_NAME: Final = F["head in name"]
GROUP_SAME: Final = F["group same"]
GROUP_WIDER: Final = F["group wider"]
GROUP_APART: Final = F["group apart"]
MODIFIERS_SHARED: Final = F["modifiers shared"]
MODIFIERS_APART: Final = F["modifiers apart"]
RESOLVED: Final = F["resolved"]
MOST_MENTIONED: Final = F["most mentioned"]
MOST_OF_KIND_F: Final = numbers("most mentioned {}", KINDS)
MOST_PLACE_F: Final = {n: F[f"most mentioned named place, recency {n}"] for n in (1, 2, 3)}
FIRST_SENTENCE: Final = F["first sentence"]
OPENS: Final = F["opens the text"]
SPEAKER_NEARBY: Final = F["speaker nearby"]
FITTING_NAMED: Final = F["fitting 1 named"]
FITTING_ROLE_SAME: Final = F["fitting 1 role same"]
FITTING_FIRST: Final = F["fitting 1 first"]
NAMED_ROLE_SAME: Final = F["named role same"]
FAR_MOST_MENTIONED: Final = F["far most mentioned"]
FAR_UNNAMED: Final = F["far unnamed"]
FAR_PLACE: Final = F["far named place"]
NEAR_PLACE: Final = F["near named place"]
MENTIONS_F: Final = {
    count: F["mentions=4+" if count == 4 else f"mentions={count}"] for count in (1, 2, 3, 4)
}
NAME_AND_F: Final = {kind: F[f"name and {kind} noun"] for kind in ("place", "group", "person")}
