"""What one running workbench consists of: found by every endpoint at `app.state.workbench`."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from temoin.casefile import Case
from temoin.workbench.settings import Settings

if TYPE_CHECKING:
    from temoin.pipeline import Reader
    from temoin.workbench.jobs import Jobs
    from temoin.workbench.live import Live, Poller
    from temoin.workbench.metrics import Metrics
    from temoin.workbench.security.sessions import Sessions
    from temoin.workbench.security.throttle import Throttle
    from temoin.workbench.security.tokens import StartTokens
    from temoin.workbench.users import UserTable

__all__ = ["Workbench"]


@dataclass(slots=True)
class Workbench:
    """A running workbench.

    Attributes:
        case: The case, shared by all threads: each request has a transaction of its own.
        settings: How it was started.
        sessions: Who has entered.
        tokens: Start tokens that were not used yet.
        users: The file of users; None where there is only the one who started it.
        throttle: Slows down who guesses passwords.
        reader: Reads what is uploaded; for the one thread that works off uploads.
        jobs: What runs in the background.
        live: What happens, told to open browsers.
        poller: Looks for changes of the case.
        metrics: Counters.
        closing: Set when the server ends: feeds then end, too.
    """

    case: Case
    settings: Settings
    sessions: Sessions
    tokens: StartTokens
    users: UserTable | None
    throttle: Throttle
    reader: Reader
    jobs: Jobs
    live: Live
    poller: Poller
    metrics: Metrics
    closing: threading.Event
