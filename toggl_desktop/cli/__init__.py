"""What a script may ask: the toggl-desktop command.

The same actions and the same reads as everywhere, no Qt, and a quick start.
"""
