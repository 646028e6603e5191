"""Bytes to documents: the untouched text, its language, day, sentences and origin.

`read_text` for a text at hand, `read_paths` for files, folders, standard input
and addresses; `enumerate_sources` and `load` to share the work out among
processes. Libraries for PDF, Word and HTML are imported when such a file is
read, the network module when an address is.
"""

from __future__ import annotations

from temoin.reading.documents import read_text
from temoin.reading.finding import enumerate_sources, iterate_sources
from temoin.reading.language import detect_language
from temoin.reading.limits import MAX_DOCUMENT_BYTES
from temoin.reading.loading import load, load_each, read_path, read_paths
from temoin.reading.sentences import split_sentences
from temoin.reading.source import Source

__all__ = [
    "MAX_DOCUMENT_BYTES",
    "Source",
    "detect_language",
    "enumerate_sources",
    "iterate_sources",
    "load",
    "load_each",
    "read_path",
    "read_paths",
    "read_text",
    "split_sentences",
]
