"""What a script may ask: the toggl-desktop command. Same actions, same reads, no Qt; starts fast."""
