"""How the servers speak: the only room with HTTP in it. Never the store."""
