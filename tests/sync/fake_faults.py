"""What goes wrong on the way to the simulated Toggl Track, how often, and how often it did."""

from dataclasses import dataclass, field


@dataclass
class Faults:
    """How often what goes wrong; the rates of the specification's reference model."""

    drop_before: float = 0.10
    slow_down: float = 0.03
    broken: float = 0.03
    token: float = 0.01
    lose_answer: float = 0.10
    late: float = 0.05
    lose_read: float = 0.06
    lag: float = 0.30
    latest: float = 80.0


NONE = Faults(0, 0, 0, 0, 0, 0, 0, 0)


@dataclass
class Counts:
    requests: int = 0
    writes: int = 0
    faults: int = 0
    by_call: dict[str, int] = field(default_factory=dict)
    by_fault: dict[str, int] = field(default_factory=dict)

    def hit(self, fault):
        self.faults += 1
        self.by_fault[fault] = self.by_fault.get(fault, 0) + 1
