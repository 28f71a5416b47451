"""Public sets of instances: read, solved by the engine of the wards, scored by their own rules.

The data is not part of turnus; it lies in the folder that `TURNUS_BENCH_DATA` names.
"""
