"""Exit codes: the same for every command."""

OK = 0
FAILED = 1
"""Something outside the command's input prevented it (disk, network, damaged vintage)."""
REJECTED = 2
"""The input was refused: nothing was imported or written."""
DIFFERS = 3
"""`reproduce`: an input, a vintage or the code differs."""
USAGE = 64
"""The command was not called as it should be."""
