"""What the commands `turnus serve`, `worker` and `keys` do; `pyproject.toml` names the functions."""
