"""Hedging: how sure they are."""
