"""Import and export: readings as other programs write them. Each format is a module with `read` and `write`."""
