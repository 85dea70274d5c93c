"""Lessons, questions, answers, progress and handing in. No widget, no browser; the course is data."""
