"""Review: what people decide on claims, taken back or not, and never lost.

`decide` takes verdicts, one or many in one step; `undo` takes a decision or a step back;
`preview` says what a step would do. All of it is appended: the machine's value and every
human value stay.
"""

from __future__ import annotations

from temoin.casefile.reviewing.deciding import Done, Verdict, decide
from temoin.casefile.reviewing.history import Step, history
from temoin.casefile.reviewing.previewing import Change, preview
from temoin.casefile.reviewing.undoing import undo

__all__ = ["Change", "Done", "Step", "Verdict", "decide", "history", "preview", "undo"]
