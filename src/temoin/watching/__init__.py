"""Watching: new files in folders and new items of feeds become documents of a case.

- `folders` and `feeds` find what is new; `items` reads feeds, `fetching` fetches politely.
- `running` has the loop that gives it to `casefile.add`; `readers` are processes that stay.
- `state` remembers what is settled, in a file beside the case.
- `telling` and `metrics` say what happens, without a word of any report.
- `service` puts it together for `temoin watch`.

What is promised: nothing is lost (what is not settled comes again), and nothing is doubled
(the case knows a text by its content, the state an item by its id, the case a page by its
address), also when the process is killed at any moment.
"""

from __future__ import annotations
