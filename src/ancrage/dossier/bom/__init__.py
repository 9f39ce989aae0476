"""Read a bill of materials, explode it, say what each line is and where it comes from."""
