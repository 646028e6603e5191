"""What the API takes and gives, as pydantic models: one module a theme.

Offsets are Unicode code points of a document's untouched text, half-open. Days are ISO days,
moments UTC. Every list says in `notes` what its reader should know, what was cut included.
"""
