"""Learned models: the machinery that runs them, beside their weights."""
