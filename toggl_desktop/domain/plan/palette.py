"""The forty-five colours of Toggl Plan, each with its number on the wire, and their picker."""

from typing import Final

PALETTE: Final[dict[int, str]] = dict(
    enumerate(
        (
            *("#311b92", "#673ab7", "#b39ddb", "#d1c4e9", "#ff3cae", "#9b1818", "#cd3633"),
            *("#f44336", "#ef9a9a", "#ff9800", "#d9480f", "#ffc672", "#e37403", "#ffcdd2"),
            *("#9ccf9e", "#006064", "#64b5f6", "#00acc1", "#4dd0e1", "#338636", "#96fc2c"),
            *("#fdd835", "#e9c424", "#fff9c4", "#038391", "#0d47a1", "#00fffe", "#1770c9"),
            *("#2196f3", "#9575cd", "#1b5e20", "#66bb6a", "#c8e6c9", "#b2ebf2", "#90a4ae"),
            *("#be950c", "#fffe50", "#fff176", "#ffe0b2", "#bbdefb", "#ff0000", "#cfd8dc"),
            *("#607d8b", "#455a64", "#263238"),
        ),
        1,
    )
)
"""Number on the wire → colour. Numbers above 1000 are a workspace's own."""

PICKER_ROWS: Final = tuple(
    tuple(PALETTE[number] for number in row)
    for row in (
        (45, 44, 43, 35, 42),
        (1, 2, 30, 3, 4),
        (26, 28, 29, 17, 40),
        (16, 25, 18, 19, 34),
        (31, 20, 32, 15, 33),
        (36, 23, 22, 38, 24),
        (11, 13, 10, 12, 39),
        (6, 7, 8, 9, 14),
        (41, 5, 37, 21, 27),
    )
)
"""Nine families of five, as people find them in Toggl Plan's picker."""
