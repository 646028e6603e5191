"""One call of a target within bounds of time and memory: a finding, or nothing.

A target may return, or raise a `TemoinError`, which names the cause. Anything else that it
raises, a call that goes on for too long and one that takes too much memory are findings.
"""

from __future__ import annotations

import resource
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from fuzz_targets import Target

from temoin.errors import TemoinError

__all__ = ["Finding", "check", "minimised"]

#: Bytes that one call may add to the largest memory of the process. Libraries and tables that
#: are loaded by a first call count too, hence `warm`.
MEMORY = 700_000_000


class _TooLongError(BaseException):
    """The call went on for too long; no `except Exception` may swallow it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What must not happen.

    Attributes:
        what: The exception, `hang` or `memory`.
        where: The last frame of Témoin's code.
        told: The traceback, or the figures.
    """

    what: str
    where: str
    told: str

    @property
    def name(self) -> str:
        """What tells it from other findings."""
        return f"{self.what} at {self.where}"


def check(target: Target, data: bytes, *, seconds: float | None = None) -> Finding | None:
    """Call a target.

    Args:
        target: What is called.
        data: With what.
        seconds: How long it may take, in seconds of this process; by default the target's own.
    """
    bound = seconds or target.seconds
    before = _peak()
    try:
        with _alarm(bound):
            target.call(data)
    except TemoinError as error:
        if not str(error).strip():
            return Finding("an error without a cause", type(error).__name__, repr(error))
    except _TooLongError as error:
        told = "".join(traceback.format_exception(error))
        return Finding("hang", _where(error), f"longer than {bound:g} seconds\n{told}")
    except Exception as error:  # noqa: BLE001 - this is what is sought
        told = "".join(traceback.format_exception(error))
        return Finding(type(error).__name__, _where(error), told)
    grown = _peak() - before
    if grown > MEMORY:
        return Finding("memory", target.name, f"{grown / 1e6:,.0f} MB more")
    return None


def minimised(target: Target, data: bytes, finding: Finding, *, tries: int = 300) -> bytes:
    """Shorter bytes that give the same finding, by leaving out ever smaller pieces."""
    size = max(1, len(data) // 2)
    while size and tries > 0:
        at = 0
        while at < len(data) and tries > 0:
            shorter = data[:at] + data[at + size :]
            tries -= 1
            found = check(target, shorter)
            if found is not None and found.name == finding.name:
                data = shorter
            else:
                at += size
        size //= 2
    return data


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Interrupt after so much time of this process: other programs on the machine do not count."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _peak() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _where(error: BaseException) -> str:
    """The last frame of the package, by file and function: lines move."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/temoin/" in frame.filename] or list(frames)
    return f"{own[-1].filename.rpartition('/temoin/')[2]}:{own[-1].name}" if own else "nowhere"
