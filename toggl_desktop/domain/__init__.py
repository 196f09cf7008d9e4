"""What is true: entities, value types, commands, timer rules. Pure functions; no clock, no file, no network."""
