"""How marks, tables and terms look, in HTML and in a terminal."""
