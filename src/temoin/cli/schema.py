"""`temoin schema`: the JSON Schema of a record."""

from __future__ import annotations

import click

from temoin.cli._streams import data_output

__all__ = ["schema"]


@click.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    Draft 2020-12, generated from the types; `docs/record.schema.json` is a copy.
    """
    import json

    from temoin.record import json_schema

    with data_output(None) as stream:
        stream.write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
