"""Speakers: who each source is."""
