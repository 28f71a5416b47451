"""The levers, one a file: each a named change of a scenario, found by walking this folder."""
