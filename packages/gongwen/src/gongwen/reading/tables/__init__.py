"""词表: the words and characters the reader goes by, one module per question. Add a word here, not in a rule."""
