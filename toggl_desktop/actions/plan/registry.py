"""Every command of a plan and its action: here `actions.perform` looks for what it has not got."""

from collections.abc import Callable
from typing import Any

from toggl_desktop.actions.plan import (
    choosing,
    instead,
    milestones,
    moving,
    releasing,
    sample,
    series,
    tasks,
    things,
)
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.plan import commands as ask
from toggl_desktop.store.database import Store

Action = Callable[[Store, Any, Reading], ChangeSet]


def _import(store: Store, command: Any, now: Reading) -> ChangeSet:  # noqa: ANN401
    from toggl_desktop.actions.plan.taking import take  # files are seldom

    return take(store, command, now)


ACTIONS: dict[type, Action] = {
    ask.AddPlanTask: tasks.add,
    ask.EditPlanTasks: tasks.edit,
    choosing.ChooseNew: choosing.choose_new,
    ask.DeletePlanTasks: tasks.delete,
    ask.MovePlanTasks: moving.move,
    ask.CopyPlanTasks: moving.copy,
    ask.ShiftEverythingAfter: moving.shift,
    instead.Instead: instead.instead,
    ask.MoveOnBoard: moving.on_board,
    ask.AddMilestone: milestones.add,
    ask.EditMilestone: milestones.edit,
    ask.AddMember: things.add,
    ask.EditMember: things.edit,
    ask.AddGroup: things.add,
    ask.EditGroup: things.edit,
    ask.AddSegment: things.add,
    ask.EditSegment: things.edit,
    ask.AddStatus: things.add,
    ask.EditStatus: things.edit,
    ask.AddPlanTag: things.add,
    ask.EditPlanTag: things.edit,
    ask.AddTimeOff: things.add,
    ask.EditTimeOff: things.edit,
    ask.AddDependency: things.depend,
    ask.DeletePlanThing: releasing.delete,
    ask.AddSamplePlan: sample.add,
    ask.RemoveSamplePlan: sample.remove,
    ask.ContinueSeries: series.continue_,
    ask.ImportPlanFile: _import,
}
