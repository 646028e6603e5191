"""Reads queries: a small grammar by recursive descent.

    query  = both { "OR" both }
    both   = { [ "AND" ] one }
    one    = { "-" | "NOT" } ( "(" query ")" | filter | phrase | word )
    filter = NAME ( ":" | ">" | ">=" | "<" | "<=" ) ( phrase | word )

A phrase stands in quotes, of any of the usual kinds. A `*` after a word or phrase lets
its last word go on. Operators are in capitals, so that words of any language stay words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from temoin.casefile.search import words_of
from temoin.casefile.searching.fields import FIELDS, check
from temoin.casefile.searching.query import All, Either, Filter, Node, Not, QueryError, Said

__all__ = ["parse"]

#: Nobody writes more; databases have limits of their own behind these.
_MOST_CHARACTERS = 2_000
_MOST_PARTS = 100
_DEEPEST = 40

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\()
      | (?P<close>\))
      | (?P<not>-)
      | (?P<name>[A-Za-z_]+)(?P<operator>:|>=|<=|>|<|=)
      | (?P<phrase>"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»)(?P<star>\*?)
      | (?P<word>[^\s()"“”„«»]+)
      | (?P<other>\S)
    )""",
    re.VERBOSE,
)
_VALUE = re.compile(
    r"""(?P<phrase>"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»)(?P<star>\*?)|(?P<word>[^\s()"“”„«»]+)""",
    re.VERBOSE,
)


def parse(query: str) -> Node:
    """The tree of a query.

    Raises:
        QueryError: It cannot be read; the message points at the place.
    """
    for at, char in enumerate(query):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            raise QueryError(query, at + 1, "here stands a character that is no text")
    if len(query) > _MOST_CHARACTERS:
        raise QueryError(query[:60], 60, f"is longer than {_MOST_CHARACTERS} characters")
    return _Parser(query).whole()


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of the query: open, close, not, or, and, said or filter."""

    kind: str
    column: int
    node: Said | Filter | None = None


class _Parser:
    def __init__(self, query: str) -> None:
        self.query = query
        self.tokens = self._cut()
        self.next = 0
        self.depth = 0
        count = sum(token.node is not None for token in self.tokens)
        if count > _MOST_PARTS:
            column = self.tokens[-1].column
            raise QueryError(query, column, f"more than {_MOST_PARTS} words and filters")

    def whole(self) -> Node:
        node = self._either()
        if (token := self._here()) is not None:
            raise QueryError(self.query, token.column, "this closing bracket opens nowhere")
        return node

    def _either(self) -> Node:
        nodes = [self._both()]
        while (token := self._here()) is not None and token.kind == "or":
            self.next += 1
            after = self._both()
            if after == All() or nodes[0] == All():
                raise QueryError(self.query, token.column, "OR needs something on both sides")
            nodes += after.nodes if isinstance(after, Either) else [after]
        if len(nodes) == 1:
            return nodes[0]
        first = nodes[0].nodes if isinstance(nodes[0], Either) else (nodes[0],)
        return Either((*first, *nodes[1:]))

    def _both(self) -> Node:
        nodes: list[Node] = []
        while (token := self._here()) is not None and token.kind not in {"or", "close"}:
            if token.kind == "and":
                self.next += 1
                after = self._here()
                if not nodes or after is None or after.kind in {"or", "and", "close"}:
                    raise QueryError(self.query, token.column, "AND needs something on both sides")
                continue
            node = self._one()
            nodes += node.nodes if isinstance(node, All) else [node]
        return nodes[0] if len(nodes) == 1 else All(tuple(nodes))

    def _one(self) -> Node:
        token = self._take()
        if token.node is not None:
            return token.node
        self.depth += 1
        if self.depth > _DEEPEST:
            raise QueryError(self.query, token.column, "brackets within brackets go too deep here")
        node = self._negated(token) if token.kind == "not" else self._bracketed(token)
        self.depth -= 1
        return node

    def _negated(self, token: _Token) -> Node:
        after = self._here()
        if after is None or after.kind in {"or", "and", "close"}:
            raise QueryError(self.query, token.column, "what must not be is missing after this")
        node = self._one()
        return node.node if isinstance(node, Not) else Not(node)

    def _bracketed(self, token: _Token) -> Node:
        node = self._either()
        closing = self._here()
        if closing is None:
            raise QueryError(self.query, token.column, "this bracket is never closed")
        if node == All():
            raise QueryError(self.query, token.column, "there is nothing in these brackets")
        self.next += 1
        return node

    def _here(self) -> _Token | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def _take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def _cut(self) -> list[_Token]:
        tokens = []
        at = 0
        end = len(self.query.rstrip())
        while at < end:
            found = _TOKEN.match(self.query, at)
            assert found is not None  # noqa: S101 - `other` takes any character
            kind = str(found.lastgroup)
            column = found.start("operator" if kind == "operator" else kind) + 1
            at = found.end()
            if kind == "operator":
                token, at = self._filter(found, at)
            elif kind in {"phrase", "star", "word"}:
                token = self._said(found)
            elif kind == "other":
                raise QueryError(self.query, column, "this quotation mark has no other half")
            else:
                token = _Token(kind, column)
            tokens.append(token)
        return tokens

    def _said(self, found: re.Match[str]) -> _Token:
        word = found["word"]
        column = found.start("word" if word else "phrase") + 1
        if word in {"OR", "AND", "NOT"}:
            return _Token(word.lower(), column)
        text, prefix = _text(found)
        if not words_of(text):
            raise QueryError(self.query, column, "there is no letter and no digit in this")
        return _Token("said", column, Said(text, prefix, column))

    def _filter(self, found: re.Match[str], at: int) -> tuple[_Token, int]:
        name = found["name"].lower()
        operator = ":" if found["operator"] == "=" else found["operator"]
        column = found.start("name") + 1
        if name not in FIELDS:
            cause = f"there is no field {name!r}: it is one of {', '.join(FIELDS)}; put words that "
            raise QueryError(self.query, column, cause + "have a colon in quotes")
        value = _VALUE.match(self.query, at)
        if value is None:
            raise QueryError(self.query, at + 1, f"the value of {name} is missing")
        text, prefix = _text(value)
        node = Filter(name, operator, text, prefix, at + 1)
        check(self.query, node)
        return _Token("filter", column, node), value.end()


def _text(found: re.Match[str]) -> tuple[str, bool]:
    """The words between quotes, or the bare word, and whether the last may go on."""
    text = found["word"] or found["phrase"][1:-1]
    cut = " ".join(text.replace('"', " ").split()).rstrip("* ")
    return cut, bool(found["star"]) or text.rstrip().endswith("*")
