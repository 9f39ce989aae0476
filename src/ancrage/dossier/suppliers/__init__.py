"""Who nearby could make each line."""
