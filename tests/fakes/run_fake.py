"""The command line with the fake extractor: `python run_fake.py read ...`."""

from __future__ import annotations

from functools import partial

from fake_extractor import FakeExtractor

import temoin.pipeline
from temoin.cli import main

if __name__ == "__main__":
    setattr(temoin.pipeline, "Reader", partial(temoin.pipeline.Reader, FakeExtractor()))  # noqa: B010 - mypy would have it stay a class
    main()
