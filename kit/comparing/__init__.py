"""Readings beside each other: the same places, agreement."""
