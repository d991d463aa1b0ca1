"""The parts of `packaging/smoke.py`, which tries the frozen program. They run in the environment of the tests."""
