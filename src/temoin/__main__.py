"""`python -m temoin`."""

from __future__ import annotations

from temoin.cli import main

if __name__ == "__main__":
    main(prog_name="temoin")
