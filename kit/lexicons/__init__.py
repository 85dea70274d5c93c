"""Word lists (TOML), the language their patterns are written in, and what finds them in a text."""
