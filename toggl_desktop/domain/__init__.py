"""What is true: entities, values, commands, timer rules.

Pure functions: no clock, no file, no network, nothing but the standard library.
"""
