"""One file per public source: what it is, its licence, its address, how its official file is read."""
