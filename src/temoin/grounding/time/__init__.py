"""Times: what days the words of a report mean.

`ground_times` gives the events of a record their days and marks every time expression
of its text; `read_times` and `read_timexes` read a text by itself. Words, patterns and
feasts stand in tables by language (`data/<code>.toml`): a language is added without
code.
"""

from __future__ import annotations

from temoin.grounding.time.grounding import ReadTime, ground_times, read_times, read_timexes

__all__ = ["ReadTime", "ground_times", "read_times", "read_timexes"]
