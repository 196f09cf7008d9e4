"""What we remember: one SQLite file per profile, its journal and its backups.

Never Qt, never the network.
"""
