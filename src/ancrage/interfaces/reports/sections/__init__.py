"""The sections of a dossier: one module each, found by the registry."""
