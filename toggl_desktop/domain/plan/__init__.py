"""What is true of a plan: its things, what may be asked for, days and lanes. Pure; knows no screen.

A *day* is an `int`, the proleptic Gregorian ordinal (`date.toordinal`): it subtracts and sorts as
itself. A *minute* of the day is an `int` from 0 to 1440. Spans of days are inclusive at both ends.
"""
