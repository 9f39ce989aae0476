"""Makes the invented demonstration territory: establishments, statements of capability, bills of materials."""
