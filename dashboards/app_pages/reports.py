"""月报: what the office writes and sends, from the published version.

For the office alone: letters say who is late, and rejected rows are what people wrote.
"""

from dashboards import frame, office

version, stamp = frame.begin("月报", ("patrol_ledger", "sites", "cases"))
office.section(stamp)
