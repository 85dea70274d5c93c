"""A text and its parts, down to the word."""
