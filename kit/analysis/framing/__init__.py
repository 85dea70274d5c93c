"""Framing: in whose words."""
