"""The strong reader: one small network for all three layers (training/strong.py makes it)."""
