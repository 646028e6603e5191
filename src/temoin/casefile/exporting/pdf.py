"""The report as PDF, through WeasyPrint: an extra, `pip install temoin[pdf]`."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any, NoReturn

from temoin.casefile.exporting.errors import ExportError
from temoin.casefile.exporting.report import ReportWriter, style_sheet
from temoin.casefile.exporting.selecting import Selected

__all__ = ["PdfWriter", "refuse"]

_VARIABLE = re.compile(r"(--[\w-]+): ([^;}]+);")
_USED = re.compile(r"var\((--[\w-]+)\)")
_DRAWING = re.compile(r'<svg class="(?:map|timeline)"[^>]*>')


class PdfWriter:
    """The pages of `ReportWriter`, laid out for paper when all is written.

    Args:
        path: The file.
        options: What `ReportWriter` takes but for the stream.

    Raises:
        ExportError: WeasyPrint, or the libraries of Pango that it lays out text with, are not
            there.
    """

    def __init__(self, path: Path, **options: Any) -> None:
        try:
            import weasyprint
        except ImportError as error:
            message = "pdf needs WeasyPrint: pip install temoin[pdf]"
            raise ExportError(message) from error
        except OSError as error:
            message = (
                "pdf needs the libraries of Pango (Debian: apt install libpango-1.0-0 "
                f"libpangoft2-1.0-0; macOS: brew install pango): {error}"
            )
            raise ExportError(message) from error
        self._weasyprint = weasyprint
        self._path = path
        self._page = io.StringIO()
        self._report = ReportWriter(self._page, **options)

    def write(self, selected: Selected) -> int:
        """Take the claims of one document."""
        return self._report.write(selected)

    def close(self) -> None:
        """Lay the pages out and write them."""
        self._report.close()
        page = self._weasyprint.HTML(string=_for_paper(self._page.getvalue()), url_fetcher=refuse)
        # Without an identifier of its own, the same report would be other bytes each time.
        page.write_pdf(self._path, pdf_identifier=b"temoin", uncompressed_pdf=False)

    def abandon(self) -> None:
        """Nothing is open before the end."""


def _for_paper(page: str) -> str:
    """Move the pictures' style into them: WeasyPrint styles what is drawn from within only."""
    pictures = style_sheet("pictures")
    values = dict(_VARIABLE.findall(style_sheet("report").split("@media", 1)[0]))
    plain = _USED.sub(lambda found: values[found[1]], pictures)
    moved = page.replace(pictures, "", 1)
    # It knows no paint-order: the halo of a name would cover the name.
    style = f"<style>{plain}.name {{ stroke: none; }}</style>"
    return _DRAWING.sub(lambda found: f"{found[0]}{style}", moved)


def refuse(url: str, *_: object, **__: object) -> NoReturn:
    """A report needs nothing from anywhere."""
    message = f"a report fetches nothing: {url}"
    raise ValueError(message)
