"""The plan's side panel: all of a task, a milestone or time off; each change is done at once."""
