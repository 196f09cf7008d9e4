"""Preferences: every setting that has a default, found by typing, reset page by page."""
