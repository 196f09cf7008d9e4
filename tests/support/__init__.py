"""What tests stand on: a throw-away desk, a tray host, the real program, marked secrets."""
