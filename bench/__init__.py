"""Benchmarks against peers, as ratios in one run. `python -m bench [name ...]` runs them."""
