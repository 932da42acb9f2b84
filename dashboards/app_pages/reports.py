"""月报: what the office writes and sends, from the published version.

For the office alone: a draft says who is late before anybody has agreed to it.
"""

from dashboards import frame, reporting

version, stamp = frame.begin("月报", ("patrol_ledger", "sites", "cases"))
reporting.section(version, stamp)
