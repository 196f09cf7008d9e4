"""Toggl Track's API v9, one method per operation, in the shapes it really takes. Decides nothing.

Models are msgspec structs: decoding a page of a thousand entries into them costs a fifth of plain
mappings with the same checks, missing and unknown keys are tolerated by declaration, and a typo in
a field's name is a type error. What is written are TypedDicts: only the keys given are sent.
"""
