"""Files with random damage: every opener answers with text or with a sentence."""
