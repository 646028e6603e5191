"""Changes to bytes that know a little of what they change: the portable way to fuzz.

An `Edit` is plain data, so that Hypothesis can draw and shrink a list of them, and the
runner can draw millions from a seeded generator.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

__all__ = ["Edit", "drawn", "edited", "edits"]

#: Pieces that parsers have stumbled over, in any format.
TOKENS: tuple[bytes, ...] = (
    b"", b"\0", b"\n", b"\r", b"\r\n", b"\t", b" ", b'"', b"'", b"\\", b",", b";", b"|", b"{", b"}",
    b"[", b"]", b"<", b">", b"&", b"(", b")", b"-", b"*", b"#", b":", b"=", b"%",
    b"\xff", b"\xfe", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc0\x80", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", b"\xe2\x80\xae", b"\xe2\x80\x8f", b"\xe2\x81\xa6", b"\xe2\x80\xa8",
    b"\xc2\x85", b"\xcc\x81" * 40, b"\xef\xbf\xbd", b"\xef\xb7\xba", b"\xf0\x9f\x92\xa3",
    b"-1", b"0", b"00", b"1e999", b"NaN", b"-Infinity", b"9" * 25, b"2147483648", b"1.5",
    b"\xd9\xa3", b"\xc2\xb2", b"\xe0\xa5\xa9", b"2024-02-30", b"9999-12-31", b"0000-00-00",
    b"31.12.9999",
    b"null", b"true", b'"\\ud800"', b'"\\u0000"', b"\\", b"[" * 60, b"{" * 60, b'{"a":' * 60,
    b"(" * 60, b"<div>" * 60, b"<!--", b"-->", b"<![CDATA[", b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;", b"&#0;", b"&#xD800;", b"PK\x03\x04", b"%PDF-1.7\n", b"obj\n", b"endobj\n", b"stream\n",
    b"\r\nA", b"S ", b"E ", b"R ", b"P\n", b"---\n", b" OR ", b" AND ", b" NOT ",
    b"il y a 99999999 ans", b"dans 99999 mois", b"yesterday", b"31 February 2024",
    b"the 99th of May",
    b"une vingtaine", b"99999999999999999999 people", b"1/0", b"entre 3 et 2", b"Mizda",
    b"100 km north of ",
    b"x" * 5_000, b"\xd9\x8e" * 500, b"12 " * 500, b"a.b" * 500, b"''" * 500,
)  # fmt: skip
KINDS = ("insert", "remove", "repeat", "flip", "replace", "swap", "splice", "cut")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change.

    Attributes:
        kind: One of `KINDS`.
        at: Where, in thousandths of a thousandth of the length.
        size: How many bytes, or how often.
        token: Which of `TOKENS`.
    """

    kind: str
    at: int
    size: int
    token: int


def edited(data: bytes, other: bytes, changes: Sequence[Edit], *, most: int = 60_000) -> bytes:
    """The bytes with all changes made, one after the other.

    Args:
        data: Bytes to begin with.
        other: Bytes that pieces may come from.
        changes: What is done.
        most: The result is cut here.
    """
    for change in changes:
        data = _once(data, other, change)[:most]
    return data


def drawn(chance: random.Random) -> list[Edit]:
    """A few changes by chance."""
    return [
        Edit(
            chance.choice(KINDS),
            chance.randrange(1_000_000),
            int(chance.paretovariate(0.6)),
            chance.randrange(len(TOKENS)),
        )
        for _ in range(min(12, int(chance.paretovariate(0.9))))
    ]


def edits() -> st.SearchStrategy[list[Edit]]:
    """The same for Hypothesis."""
    one = st.builds(
        Edit,
        st.sampled_from(KINDS),
        st.integers(0, 999_999),
        st.integers(1, 3_000),
        st.integers(0, len(TOKENS) - 1),
    )
    return st.lists(one, max_size=8)


def _once(data: bytes, other: bytes, change: Edit) -> bytes:
    at = change.at * (len(data) + 1) // 1_000_000
    end = min(len(data), at + change.size)
    before, piece, after = data[:at], data[at:end], data[end:]
    token = TOKENS[change.token]
    start = change.token * (len(other) + 1) // len(TOKENS)
    made = {
        "insert": token + piece,
        "remove": b"",
        "repeat": piece[:200] * min(change.size, 200),
        "flip": bytes(byte ^ (1 << (change.token % 8)) for byte in piece[:1]) + piece[1:],
        "replace": token + piece[len(token) :],
        "swap": after[: change.size] + piece,
        "splice": other[start : start + change.size] + piece,
        "cut": b"",
    }[change.kind]
    if change.kind in {"swap", "cut"}:
        after = after[change.size :] if change.kind == "swap" else b""
    return before + made + after
