"""What a reading, or two texts, add up to: tables and charts."""
