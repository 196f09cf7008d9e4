"""The day calendar: recorded time as blocks on the clock, drawn, moved and mended by hand.

What lives here: reading the days that are shown, laying them out, painting, gestures, the keys
and what a screen reader hears. What never does: arithmetic of days and packing (domain.calendar),
and writing: every change is one command that `Context.perform` carries out.
"""
