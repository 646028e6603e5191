from __future__ import annotations

import codecs
import random

import pytest

from temoin.reading.decoding import charset_hint, decode
from temoin.reading.extracted import Unreadable

FRENCH = (
    "À l’aube, l’armée a repris les hauteurs ; « la ville tient », dit un témoin. "
    "Les blessés ont été évacués vers l’hôpital."
)
ENGLISH = "The convoy was hit at dawn. “Nobody was hurt,” said a driver who didn’t give his name."
SPANISH = "El Ejército tomó el cerro al amanecer; según un vecino, no hubo daños en la escuela."
RUSSIAN = "На рассвете колонна вошла в посёлок. Раненых увезли в областную больницу."
UKRAINIAN = "На світанку колона увійшла до селища. Поранених повезли до обласної лікарні."
ARABIC = "دخلت القافلة البلدة عند الفجر. ونقل الجرحى إلى المستشفى في المدينة."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        (FRENCH.replace("’", "'"), "iso8859_15"),
        (ENGLISH, "cp1252"),
        (SPANISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN, "koi8_u"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859_6"),
        (FRENCH, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        (ARABIC, "utf-16-le"),
    ],
)
def test_encodings_are_guessed_and_noted(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.notes
    assert decoded.encoding in decoded.notes[0]


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    ],
)
def test_a_byte_order_mark_tells_and_is_no_text(mark: bytes, encoding: str, name: str) -> None:
    decoded = decode(mark + ARABIC.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.notes) == (ARABIC, name, ())


@pytest.mark.parametrize("size", [40, 400, 40_000])
@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_refused(size: int, seed: int) -> None:
    data = random.Random(seed).randbytes(size)
    with pytest.raises(Unreadable, match="is not text"):
        decode(data)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_bytes_that_belie_their_mark_are_refused(mark: bytes) -> None:
    with pytest.raises(Unreadable, match="begins like"):
        decode(mark + b"ab\xff\xd8\xd8")


def test_damaged_utf8_keeps_its_encoding_and_says_so() -> None:
    decoded = decode(RUSSIAN.encode()[:-2])
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith(RUSSIAN[:-2])
    assert "not UTF-8" in decoded.notes[0]


@pytest.mark.parametrize(
    ("head", "hint"),
    [
        (b'<meta charset="windows-1251">', "cp1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        (b'<?xml version="1.0" encoding="koi8-r"?>', "koi8-r"),
        (b'<meta charset="nonsense">', None),
        (b"<html>", None),
    ],
)
def test_the_encoding_that_a_page_declares(head: bytes, hint: str | None) -> None:
    assert charset_hint(head) == hint


def test_a_declared_encoding_is_used() -> None:
    assert decode(RUSSIAN.encode("iso8859_5"), hint="iso8859_5").encoding == "iso8859_5"
