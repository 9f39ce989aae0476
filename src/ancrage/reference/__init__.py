"""Facts, read-only and dated."""
