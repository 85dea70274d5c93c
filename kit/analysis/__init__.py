"""The kit as a reader: a package a layer, and one registry of them."""
