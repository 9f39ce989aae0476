"""Many companies: the cohort and its journey."""
