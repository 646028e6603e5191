"""The rules at work: of each step the first rule that fits decides, and says on which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from temoin.codebooks.book import Codebook, Rule
from temoin.codebooks.model import Code, Fact, Facts, Undecided, fold_spans
from temoin.record import Span

__all__ = ["Outcome", "apply", "fits"]


@dataclass(slots=True)
class Outcome:
    """What the rules of a codebook give for one incident.

    Attributes:
        codes: By field what a rule gave.
        undecided: By field why a rule left it open.
        notes: What rules have to say beside.
        none: Why there is no row; None where there is one.
    """

    codes: dict[str, Code] = field(default_factory=dict)
    undecided: dict[str, Undecided] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    none: Undecided | None = None


def apply(book: Codebook, facts: Facts) -> Outcome:
    """Ask a codebook's questions in order; a code that one gives is a fact for the next."""
    outcome = Outcome()
    known: dict[str, tuple[Fact, ...]] = dict(facts)
    for step in book.steps:
        decided = False
        for rule in book.of_step(step):
            words = fits(rule, known)
            if words is None:
                continue
            decided = True
            if rule.none:
                outcome.none = Undecided("", rule.none, rule.id)
                return outcome
            _give(rule, words, outcome, known, many=step in book.many)
            if step not in book.many:
                break
        if not decided and step in book.must:
            reason = f"no rule of the codebook answers {step!r} for it"
            outcome.none = Undecided("", reason, f"{book.name}.{step}")
            return outcome
    _look_up(book, outcome)
    return outcome


def fits(rule: Rule, facts: Mapping[str, tuple[Fact, ...]]) -> tuple[Span, ...] | None:
    """The words on which a rule fits, None where it does not."""
    words: list[Span] = []
    for name, wanted in rule.when.items():
        found = [fact for fact in facts.get(name, ()) if "*" in wanted or fact.value in wanted]
        if not found:
            return None
        words += [span for fact in found for span in fact.words]
    for name, unwanted in rule.unless.items():
        if any("*" in unwanted or fact.value in unwanted for fact in facts.get(name, ())):
            return None
    return fold_spans(tuple(words))


def _give(
    rule: Rule,
    words: tuple[Span, ...],
    outcome: Outcome,
    known: dict[str, tuple[Fact, ...]],
    *,
    many: bool,
) -> None:
    for name, value in rule.set.items():
        before = outcome.codes.get(name)
        if many and before is not None:
            if str(value) in str(before.value).split("; "):
                continue
            value = f"{before.value}; {value}"  # noqa: PLW2901 - the cell grows
            code = Code(name, value, f"{before.rule}; {rule.id}", fold_spans(before.words + words))
        else:
            code = Code(name, value, rule.id, words)
        outcome.codes[name] = code
        known[name] = tuple(Fact(one, code.words) for one in str(code.value).split("; "))
    for name, reason in rule.undecided.items():
        outcome.undecided[name] = Undecided(name, reason, rule.id)
    if rule.note:
        outcome.notes.append(rule.note)


def _look_up(book: Codebook, outcome: Outcome) -> None:
    """Fields that a table gives: a score by its code."""
    for name, (other, table) in book.look_up.items():
        if name in outcome.codes:
            continue
        parts = [outcome.codes.get(part) for part in other.split("+")]
        given = parts[0]
        if given is None:
            open_ = outcome.undecided.get(other.split("+")[0])
            reason = open_.reason if open_ else f"there is no {other}"
            outcome.undecided[name] = Undecided(name, reason, f"{book.name}.{table}")
            continue
        keys = [str(given.value)]
        if len(parts) > 1 and parts[1] is not None:
            keys.insert(0, f"{given.value}:{str(parts[1].value).partition('; ')[0]}")
        found = next((book.tables[table][key] for key in keys if key in book.tables[table]), None)
        if found is None:
            reason = f"the table {table} has nothing for {given.value}"
            outcome.undecided[name] = Undecided(name, reason, f"{book.name}.{table}")
        else:
            outcome.codes[name] = Code(name, found, f"{book.name}.{table}", given.words)
