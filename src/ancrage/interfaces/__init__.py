"""The doors. They know no rule."""
