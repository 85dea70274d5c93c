"""The teacher's tools: checking notebooks, model answers."""
