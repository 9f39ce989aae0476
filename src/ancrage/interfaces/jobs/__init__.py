"""Work that any door may ask for."""
