"""How both sides agree: the only remote writer.

Empty until accounts arrive; the store's bindings wait for it.
"""
