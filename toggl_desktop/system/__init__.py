"""What the machine offers: clock, single instance, keyring, places. Never the store."""
