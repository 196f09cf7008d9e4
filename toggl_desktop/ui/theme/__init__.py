"""Tokens, palettes, icons: the only place with a colour, a size or a file name of a picture."""
