"""What users write: a Django application. Doors reach it through `queries` (read) and `actions` (write) only."""
