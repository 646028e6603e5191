"""`temoin actors` and `temoin equipment`: look names up in the knowledge base."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

__all__ = ["actors", "equipment"]

_ALIASES = 6


@click.group(no_args_is_help=False)
def actors() -> None:
    """Look actors up in the knowledge base.

    Armed groups, forces, governments, missions and organisations of the conflicts
    since 2000, with their names in six languages. Your own go into actors.tsv in
    your data folder, a plain table with the same columns.
    """


@actors.command(name="search")
@click.argument("name")
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Most actors to show.")
@click.option("--json", "as_json", is_flag=True, help="One actor a line, as JSON.")
def search_actors(name: str, *, limit: int, as_json: bool) -> None:
    """Show the actors that bear a name, in whatever language or script.

    A name that is composed ("armée malienne") is resolved like the words of a
    report. The exit code is 1 where there is none.
    """
    from temoin.grounding.actors.lexicon import inter_codes
    from temoin.grounding.actors.search import names_of
    from temoin.grounding.actors.search import search_actors as search

    found: list[dict[str, object]] = [
        {
            "id": known.id,
            "name": known.name,
            "kind": known.kind,
            "country": known.country,
            "inter": inter_codes().get(known.kind),
            "parent": known.parent,
            "from": known.first,
            "to": known.last,
            "wikidata": known.wikidata,
            "aliases": list(dict.fromkeys(list(names_of(known))[2:])),
        }
        for known in search(name, limit=limit)
    ]
    found = found or _composed(name)
    _show(found, as_json=as_json)
    if not found:
        _missing(name, "actors.tsv")


@click.group(no_args_is_help=False)
def equipment() -> None:
    """Look types of equipment up in the knowledge base.

    Weapons, vehicles, aircraft and ships with class, origin and caliber. Your own
    go into equipment.tsv in your data folder, a plain table with the same columns.
    """


@equipment.command(name="search")
@click.argument("name")
@click.option("--limit", type=click.IntRange(min=1), default=20, help="Most types to show.")
@click.option("--json", "as_json", is_flag=True, help="One type a line, as JSON.")
def search_equipment(name: str, *, limit: int, as_json: bool) -> None:
    """Show the types of equipment that bear a name, in whatever language or script.

    The exit code is 1 where there is none.
    """
    from temoin.grounding.actors.search import names_of, search
    from temoin.grounding.equipment.store import equipment as types

    found: list[dict[str, object]] = [
        {
            "id": known.id,
            "name": known.name,
            "kind": known.kind,
            "origin": known.origin,
            "caliber_mm": known.caliber,
            "aliases": list(dict.fromkeys(list(names_of(known))[2:])),
        }
        for known in search(name, types().values(), limit=limit)
    ]
    _show(found, as_json=as_json)
    if not found:
        _missing(name, "equipment.tsv")


def _composed(name: str) -> list[dict[str, object]]:
    """What the words of a report would resolve to, in the first language that knows them."""
    from temoin.grounding.actors.lexicon import LANGUAGES
    from temoin.grounding.actors.resolve import resolve_actor

    for language in LANGUAGES:
        value = resolve_actor(name, language)
        if value is not None and value.id is not None:
            return [value.model_dump(exclude_none=True, exclude={"as_written"})]
    return []


def _show(found: list[dict[str, object]], *, as_json: bool) -> None:
    for known in found:
        if as_json:
            about = {key: value for key, value in known.items() if value not in (None, [])}
            click.echo(json.dumps(about, ensure_ascii=False))
        else:
            click.echo(_line(known))


def _line(known: Mapping[str, object]) -> str:
    cells = [f"{known['name']}", f"{known['kind']}"]
    cells += [f"{known[key]}" for key in ("country", "origin") if known.get(key)]
    if known.get("from") or known.get("to"):
        cells.append(f"{known.get('from') or ''}–{known.get('to') or ''}")
    if known.get("inter"):
        cells.append(f"inter {known['inter']}")
    if known.get("caliber_mm"):
        cells.append(f"{known['caliber_mm']:g} mm")
    cells.append(f"{known['id']}")
    aliases = known.get("aliases")
    if isinstance(aliases, list) and aliases:
        more = " ..." if len(aliases) > _ALIASES else ""
        cells.append(", ".join(map(str, aliases[:_ALIASES])) + more)
    return "  ".join(cells)


def _missing(name: str, table: str) -> None:
    from temoin.grounding.actors.store import user_file

    click.echo(f"{name}: not in the knowledge base; add it to {user_file(table)}", err=True)
    click.get_current_context().exit(1)
