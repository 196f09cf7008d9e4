"""The palette: one line to start or switch, with a preview of exactly what Enter will do."""
