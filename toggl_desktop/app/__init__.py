"""How it is assembled: composition, loop, tasks, failures, quit.

The only room that knows all others.
"""
