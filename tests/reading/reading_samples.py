"""Small files that the tests of reading make for themselves."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx

ARTICLE = """<html lang="fr"><head><title>Prise de Hama - Le Site</title>
<meta property="og:site_name" content="Le Site">{head}</head>
<body><nav><a href="/">Accueil</a> <a href="/monde">Monde</a></nav>
<article><h1>Prise de Hama</h1>{body}
<p>Les forces gouvernementales ont repris la ville de Hama mardi après trois jours de combats.</p>
<p>Selon un porte-parole, douze soldats ont été tués et trente blessés dans les
affrontements.</p></article>
<footer>© 2019 Le Site. Mis à jour le 5 juin 2021</footer></body></html>"""

PUBLISHED = '<meta property="article:published_time" content="2024-03-11T10:00:00+01:00">'


def article(head: str = PUBLISHED, body: str = "") -> str:
    """An HTML page of a report."""
    return ARTICLE.format(head=head, body=body)


def pdf(
    pages: Sequence[Sequence[tuple[int, int, int, str]]],
    *,
    protected: bool = False,
    info: str = "",
) -> bytes:
    """A PDF of lines (x, y, size, words), written by hand."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    tree = add(b"")
    kids = []
    for lines in pages:
        content = b"".join(
            b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, _escaped(words))
            for x, y, size, words in lines
        )
        stream = add(b"<< /Length %d >>\nstream\n%sendstream" % (len(content), content))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, stream, font)
            )
        )
    references = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), references)
    catalog = add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    trailer = b"/Info %d 0 R " % add(b"<< %s >>" % info.encode("cp1252")) if info else b""
    if protected:
        keys = (b"11" * 32, b"22" * 32)
        encryption = add(b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % keys)
        trailer += b"/Encrypt %d 0 R /ID [<00><00>] " % encryption
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer << /Size %d /Root %d 0 R %s>>\n" % (len(objects) + 1, catalog, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(out)
    )


def _escaped(words: str) -> bytes:
    raw = words.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def column(*lines: str, top: int = 760, pitch: int = 14) -> list[tuple[int, int, int, str]]:
    """Lines of one size under one another; an empty one leaves a gap."""
    return [(72, top - pitch * row, 11, line) for row, line in enumerate(lines) if line]


def word(*paragraphs: str) -> bytes:
    """A Word file of paragraphs."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
