"""Annotated documents in other formats, and what a change of the reader gains and loses on them."""
