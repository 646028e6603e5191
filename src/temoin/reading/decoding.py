"""Bytes to text, with the encoding that was used and no other change.

UTF-8 first, then byte order marks, then UTF-16 without one, then
charset-normalizer among the encodings in which the served languages were
written before UTF-8. The byte order mark is not part of the text; everything
else is: line ends, soft hyphens, no-break spaces, combining marks.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from temoin.reading.extracted import Unreadable
from temoin.reading.quiet import silenced

__all__ = ["Decoded", "charset_hint", "decode", "is_binary_text"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: What French, English, Spanish, Arabic, Ukrainian and Russian were written in before UTF-8.
_LEGACY = [
    "cp1252", "cp1251", "cp1256", "koi8_r", "koi8_u", "cp866", "iso8859_5", "iso8859_6",
    "iso8859_15", "mac_roman", "cp850",
]  # fmt: skip
_SAMPLE = 200_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
#: The Latin ones, commonest first; charset-normalizer mixes them up where the text is
#: nearly all ASCII (English with curly quotes), so the shape of the words decides.
_WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_BEYOND_ASCII = re.compile(r"(.?)([^\x00-\x7f])(?=(.?))", re.DOTALL)
_USUAL = frozenset("àâäáãåæçéèêëíìîïñóòôöõœúùûüýÿß«»‹›‘’“”„–—…°ºª€£§·•¿¡\xa0×²³½¼")
_META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{2,40})""", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"""\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.-]{2,40})""")


#: Codecs of Python that no page is written in, whatever it declares: they take quadratic time,
#: unescape, or let one character stand for another.
_NO_PAGE = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"}
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the Python codec that gave it, and what the reader should know."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, hint: str | None = None) -> Decoded:
    """Decode bytes of unknown encoding.

    Args:
        data: All the bytes.
        hint: An encoding that the page or server declares, tried after UTF-8
            and byte order marks.

    Raises:
        Unreadable: The bytes are no text in any encoding that is tried.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if not is_binary_text(text):
            return Decoded(text, "utf-8")
    wide = _without_mark(data)
    if wide is not None:
        return wide
    if b"\0" in data[:_SAMPLE]:
        raise Unreadable("is not text: it holds binary data")
    return _hinted(data, hint) or _damaged_utf8(data) or _legacy(data)


def is_binary_text(text: str) -> bool:
    """Whether a decoded text has more control characters than texts have."""
    sample = text[:_SAMPLE]
    if "\0" in sample:
        return True
    return len(_CONTROL.findall(sample)) * 200 > len(sample)


def charset_hint(data: bytes) -> str | None:
    """The encoding that the head of an HTML or XML page declares, if Python knows it."""
    head = data[:4096]
    match = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    if match is None:
        return None
    name = match[1].decode("ascii", "replace")
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    # Browsers read these labels as Windows-1252, and pages are written to be read by browsers.
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8-sig":
            message = f"begins like {encoding.upper()} but byte {error.start} does not fit"
            raise Unreadable(message) from error
        damaged = _damaged_utf8(data[len(codecs.BOM_UTF8) :])
        if damaged is None:
            message = f"begins like UTF-8 but byte {error.start} does not fit"
            raise Unreadable(message) from error
        return damaged
    if is_binary_text(text):
        raise Unreadable("is not text: it holds binary data")
    return Decoded(text, encoding)


def _without_mark(data: bytes) -> Decoded | None:
    """UTF-16 whose byte order mark is missing."""
    if len(data) < 4 or len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        # Latin, Greek, Cyrillic, Hebrew, Arabic and general punctuation; chance gives Chinese.
        near = sum(
            " " <= c <= "\u06ff" or "\u2000" <= c <= "\u20cf" or c in "\r\n\t" for c in sample
        )
        if near * 10 >= len(sample) * 9 and not is_binary_text(text):
            return Decoded(text, encoding, (f"encoding {encoding} guessed from the bytes",))
    return None


def _hinted(data: bytes, hint: str | None) -> Decoded | None:
    if hint is None:
        return None
    try:
        if codecs.lookup(hint).name.replace("_", "-") in _NO_PAGE:
            return None
        text = data.decode(hint)
    except (ValueError, LookupError):  # of its bytes, or of its name
        return None
    return None if is_binary_text(text) else Decoded(text, hint)


def _damaged_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few bytes that are not: a cut or a pasted line, not another encoding."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    beyond_ascii = sum(character > "\x7f" for character in text)
    if beyond_ascii < 11 * lost or is_binary_text(text):
        return None
    note = f"{lost} byte sequence{'s are' if lost > 1 else ' is'} not UTF-8: U+FFFD in the text"
    return Decoded(text, "utf-8", (note,))


def _legacy(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    with silenced("charset_normalizer"):
        best = from_bytes(data[:_SAMPLE], cp_isolation=_LEGACY, enable_fallback=False).best()
    if best is None:
        raise Unreadable("is not text: no encoding fits its bytes")
    encoding = best.encoding
    if encoding in _WESTERN:
        encoding = max(_WESTERN, key=lambda name: _likeness(data[:_SAMPLE].decode(name, "replace")))
    text = data.decode(encoding, "replace")
    if is_binary_text(text) or text.count("\ufffd") * 100 > len(text):
        raise Unreadable("is not text: it holds binary data")
    return Decoded(text, encoding, (f"encoding {encoding} guessed from the bytes",))


def _likeness(text: str) -> int:
    """How much the characters beyond ASCII look like western European writing."""
    score = 0
    for before, character, after in _BEYOND_ASCII.findall(text):
        neighbours = before.isalpha() + after.isalpha()
        usual = character.lower() in _USUAL
        if character.isalpha():
            alone = not neighbours and character.lower() not in "àéóú"
            misplaced = alone or (character.isupper() and before.islower())
        elif character in "½¼²³":
            misplaced = after.isalpha()
        else:
            misplaced = neighbours == 2 and character not in "’·"
        score += 1 if usual and not misplaced else -1
    return score
