"""The index of full text: the same words on SQLite and PostgreSQL.

Texts are cut into words and folded here, not by the database, so that both find the
same: case, accents and vowel points do not count, an apostrophe or hyphen parts words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

__all__ = ["ROLES", "ClaimWords", "index_claim", "index_document", "tsvectors", "words_of"]

#: Roles whose words are also indexed by themselves, so that a claim is found by its actor.
ROLES = ("actor", "target", "place", "instrument", "origin", "destination", "attribution")

#: What a claim is found by: its words by role; under "" what is said besides.
ClaimWords = Mapping[str, Sequence[str | None]]

_WORD = re.compile(r"[^\W_]+")

#: PostgreSQL counts positions no further; a longer text is indexed in parts.
_POSITIONS = 16_000

#: PostgreSQL keeps no more positions of one word in one part.
_OCCURRENCES = 255

#: No word of a language is longer; such a run of letters is data.
_LONGEST = 100


def words_of(said: str) -> list[str]:
    """The words of a text, folded: lower case, without accents and vowel points."""
    folded = unicodedata.normalize("NFKD", said).casefold()
    plain = "".join(char for char in folded if unicodedata.category(char) != "Mn")
    return [word[:_LONGEST] for word in _WORD.findall(plain)]


def index_document(session: Session, document_id: int, *, title: str | None, body: str) -> None:
    """Put a document into the index; once, for its text never changes."""
    heading, words = words_of(title or ""), words_of(body)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(
            text("INSERT INTO document_search (rowid, title, body) VALUES (:id, :title, :body)"),
            {"id": document_id, "title": " ".join(heading), "body": " ".join(words)},
        )
        return
    session.execute(
        text(
            "INSERT INTO document_search (document_id, part, terms) "
            "VALUES (:id, :part, CAST(:terms AS tsvector))"
        ),
        [
            {"id": document_id, "part": part, "terms": terms}
            for part, terms in enumerate(tsvectors(words, heading=heading))
        ],
    )


def index_claim(session: Session, claim_id: int, said: ClaimWords) -> None:
    """Put a claim into the index, or put it there anew with other words.

    Args:
        session: A transaction that writes.
        claim_id: The claim.
        said: Its words: trigger, arguments, names that they stand for, its sentence.
    """
    index_claims(session, [(claim_id, said)])


def index_claims(session: Session, claims: Iterable[tuple[int, ClaimWords]]) -> None:
    """`index_claim` for several at once."""
    bodies = [(claim_id, _by_column(said)) for claim_id, said in claims]
    if not bodies:
        return
    if session.get_bind().dialect.name == "sqlite":
        names = ", ".join(["body", *ROLES])
        values = ", ".join(f":{name}" for name in ["body", *ROLES])
        session.execute(
            # The columns' names are our own.
            text(f"INSERT OR REPLACE INTO claim_search (rowid, {names}) VALUES (:id, {values})"),  # noqa: S608
            [
                {"id": claim_id, **{name: " ".join(words) for name, words in columns.items()}}
                for claim_id, columns in bodies
            ],
        )
        return
    names = ", ".join(["terms", *ROLES])
    values = ", ".join(f"CAST(:{name} AS tsvector)" for name in ["body", *ROLES])
    changes = ", ".join(f"{name} = EXCLUDED.{name}" for name in ["terms", *ROLES])
    session.execute(
        text(
            f"INSERT INTO claim_search (claim_id, {names}) VALUES (:id, {values}) "  # noqa: S608
            f"ON CONFLICT (claim_id) DO UPDATE SET {changes}"
        ),
        [
            {
                "id": claim_id,
                **{name: tsvectors(words[:_POSITIONS])[0] for name, words in columns.items()},
            }
            for claim_id, columns in bodies
        ],
    )


def _by_column(said: ClaimWords) -> dict[str, list[str]]:
    """A claim's words by column: all of them in `body`, those of a role also in its own."""
    told = {role: " ".join(dict.fromkeys(each for each in said.get(role, ()) if each))
            for role in ("", *ROLES)}  # fmt: skip
    return {
        "body": words_of(" ".join(each for each in told.values() if each)),
        **{role: words_of(told[role]) for role in ROLES},
    }


def tsvectors(words: list[str], *, heading: Iterable[str] = ()) -> list[str]:
    """Words as texts of tsvectors: one, or several for a long text.

    Args:
        words: The body, weight D.
        heading: The title, weight A, in the first part.
    """
    parts = []
    for first in range(0, max(1, len(words)), _POSITIONS):
        places: defaultdict[str, list[str]] = defaultdict(list)
        for position, word in enumerate(words[first : first + _POSITIONS], 1):
            if len(places[word]) < _OCCURRENCES:
                places[word].append(str(position))
        if first == 0:
            for position, word in enumerate(heading, 1):
                places[word].append(f"{position}A")
        parts.append(" ".join(f"'{word}':{','.join(found)}" for word, found in places.items()))
    return parts
