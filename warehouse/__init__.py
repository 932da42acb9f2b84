"""Ground floor: where things lie, how to connect, which version is published. Imports nothing of ours."""
