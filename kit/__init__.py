"""Between the Lines: read a news story for who says so, how sure they are, and in whose words."""
