"""The annotated corpus."""
