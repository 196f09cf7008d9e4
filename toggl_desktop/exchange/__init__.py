"""How other programs' files speak: bytes to records and back.

Never the store, never the network, and never a path: whoever calls has read the file.
"""
