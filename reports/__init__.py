"""What leaves the house on paper: letters and reports, from a published version and nothing else."""


class AskError(Exception):
    """Nothing can be asked; the message says why, in what state things are and what to do."""


class PaperError(Exception):
    """A paper cannot be written; the message says why, in what state things are and what to do."""
