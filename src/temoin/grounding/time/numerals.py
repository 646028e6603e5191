"""Numbers in words, as far as times need them: "vingt et un", "twenty-sixth"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from temoin.grounding.time.lexicon import Lexicon

__all__ = ["read_number"]


def read_number(codes: str, lexicon: Lexicon) -> float | None:
    """The number that these codes spell, None where they spell none.

    Hundreds and thousands multiply what stands before them, everything else is added
    ("deux cent trente-quatre"); words that are no numbers (et, and) are passed over.

    Args:
        codes: Codes of the words.
        lexicon: The tables of the language.
    """
    cardinals, ordinals = lexicon.numbers()
    values: list[float] = []
    position = 0
    while position < len(codes):
        for length in (5, 4, 3, 2, 1):
            entry = codes[position : position + length]
            value = cardinals.get(entry, ordinals.get(entry))
            if value is not None:
                values.append(value)
                position += length - 1
                break
        position += 1
    if not values:
        return None
    total = current = 0.0
    for value in values:
        if value >= 1000:
            total += max(current, 1) * value
            current = 0
        elif value == 100 and current < 100:
            current = max(current, 1) * value
        elif current and current % (10 if value < 20 else 100):
            # "deux trois" is no number.
            return None
        else:
            current += value
    return total + current
