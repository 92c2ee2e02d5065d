"""Benchmarks of termsheet, each beside its peers: `python -m benchmarks`."""
