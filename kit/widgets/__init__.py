"""Widgets: the Reader, the Marker, the Quiz, the Rewriter and Paste, with their scripts and styles."""
