"""What every test shares."""

from hypothesis import settings

# Repeatable and free of the clock: a slow machine must not fail a property, and
# the same commit must give the same answer twice.
settings.register_profile("turnus", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("turnus")
