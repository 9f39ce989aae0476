"""How the line classifier is made from the catalogue: terms, artificial lines, models, weights."""
