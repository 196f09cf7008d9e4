"""Cards: a project's board by status, and the taskbox; only what is in sight is painted."""
