"""Top floor: the order of things, from inbox to published version, and the `minewatch` command."""
