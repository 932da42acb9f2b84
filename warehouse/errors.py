"""What the command tells instead of a traceback."""


class MinewatchError(Exception):
    """Something cannot be done; the message says what happened, in what state things are and what to do."""
