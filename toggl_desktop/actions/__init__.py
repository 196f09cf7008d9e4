"""What the user can do: one function per command, one transaction each; the only local writer."""
