"""Words everyone speaks: codes, money, verdicts, evidence. Imports nothing of the other layers."""
