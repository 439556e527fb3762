"""The interface's words: found in the sources, kept in one catalogue per language."""
