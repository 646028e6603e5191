from __future__ import annotations

import temoin.reading


def test_what_is_exported_is_there_and_sorted() -> None:
    names = temoin.reading.__all__
    assert names == sorted(names)
    assert all(hasattr(temoin.reading, name) for name in names)
