"""What happens in the case and in the queue, told to every open browser.

Changes of the case are found in its audit log, whoever made them: this server, another
one, or a command line. So an endpoint that wrote something says only `live.poke()`; the
event follows at once, with the entry's number as its id, and a browser that was away asks
for what it missed by the last id that it has. `live.publish` is for what is in no log.
"""

from __future__ import annotations

from temoin.workbench.live.changes import Change, changes
from temoin.workbench.live.feed import Live, Message, Subscriber
from temoin.workbench.live.poller import Poller

__all__ = ["Change", "Live", "Message", "Poller", "Subscriber", "changes"]
