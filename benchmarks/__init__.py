"""Measurements of turnus: what is measured (`registry`), how, and what came out (`README.md`)."""
