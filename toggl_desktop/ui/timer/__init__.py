"""The timer window: running entry and entries by day."""
