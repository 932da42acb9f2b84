"""Rewards: what is paid for tips that proved true, one row per reward.

Sent by the natural resources bureau and the finance bureau; a reward comes again when it is paid, and the
row received last per 奖励编号 counts. Who is paid stands in none of its columns, and what else a file says
is not kept. It misbehaves: amounts in 万元, the clue's number missing a zero.

    minewatch load inbox/rewards
"""

from ingestion.declare import Column, Feed

FEED = Feed(
    token="rewards",
    title="举报奖励",
    columns=(
        Column("reward_id", "奖励编号", "identifier", required=True),
        Column("clue_id", "线索编号", "identifier", required=True),
        Column("recognised_date", "认定日期", "date"),
        Column("approved_yuan", "核定金额(元)", "decimal", ("奖励金额(元)",), required=True),
        Column("paid_yuan", "发放金额(元)", "decimal"),
        Column("paid_date", "发放日期", "date"),
        Column("no_reward_reason", "不予奖励原因"),
    ),
    key=("reward_id",),
    names=("奖励台账",),
    is_protected=True,
)
