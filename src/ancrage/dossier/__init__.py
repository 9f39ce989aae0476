"""One company's project."""
