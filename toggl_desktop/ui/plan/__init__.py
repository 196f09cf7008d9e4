"""The plan: a timeline, painted; its window; what is shown there.

The painters need a `QPainter` and nothing else, so that files are painted by the same hand as the
screen. What a person does on the timeline is understood by the hand the window gives it.
"""
