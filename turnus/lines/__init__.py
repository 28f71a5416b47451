"""One post's whole line: automata per kind, their minimised product, and the exact line program."""
