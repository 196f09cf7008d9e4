"""How both sides agree: the only remote writer.

State syncs, not operations: what differs from the last known server copy is unsent, and every pull
is merged field by field. `engine` turns; `pull` and `push` change the store; `reconcile` decides,
without side effects; `mapping` knows both sides' words. Nothing here knows Qt, windows or HTTP.
"""
