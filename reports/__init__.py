"""What leaves the house on paper: letters and reports, from a published version and nothing else."""

from warehouse.errors import MinewatchError


class AskError(MinewatchError):
    """Nothing can be asked; the message says why, in what state things are and what to do."""


class ReportError(MinewatchError):
    """A report cannot be made or signed; the message says why, in what state things are and what to do."""


class PaperError(MinewatchError):
    """A paper cannot be written; the message says why, in what state things are and what to do."""
