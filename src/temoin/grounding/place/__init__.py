"""Places: every place name of a text, and where each place argument is.

`ground_places` is the step of the pipeline. `find_places` and `resolve` serve
whoever has a text and no record.
"""

from __future__ import annotations

from temoin.grounding.place.ground import find_places, ground_places, resolve

__all__ = ["find_places", "ground_places", "resolve"]
