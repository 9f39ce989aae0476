"""What a territory depends on and could make."""
