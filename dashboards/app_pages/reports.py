"""月报: what the office writes and sends, from the published version.

For the office and leaders: drafts and letters say who is late before anybody has agreed to it, and rejected
rows are what people wrote.
"""

from dashboards import frame, office, reporting

version, stamp = frame.begin("月报", ("patrol_ledger", "sites", "cases"))
reporting.section(version, stamp)
office.section(stamp)
