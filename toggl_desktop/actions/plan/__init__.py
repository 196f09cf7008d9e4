"""What a person can do with a plan; each action is one transaction, named and undoable.

Never a rule of its own about days or lanes: those are `domain.plan`.
"""
