"""What the user sees: reads rows, emits intents. Never writes, never the network."""
