"""Migrations of the schema, run by `temoin migrate` and `temoin init`."""
