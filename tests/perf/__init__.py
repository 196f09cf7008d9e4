"""Benchmarks: each prints the figure beside its floor from the same run; none asserts a time.

Run one with `python -m tests.perf.NAME`, for instance `python -m tests.perf.start`.
"""
