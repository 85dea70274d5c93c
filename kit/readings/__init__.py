"""The one format: what a reader marked in an article, and whose words each mark stands in."""
