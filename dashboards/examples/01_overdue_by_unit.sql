-- 逾期未完成最多的单位
-- 每一项应尽义务一行；状态为 overdue（逾期未完成）或 no_report（未报送）。
select
    owing_unit_name as 责任单位,
    count(*) filter (where status = 'overdue') as 逾期未完成,
    count(*) filter (where status = 'no_report') as 未报送
from fct_obligations
where status in ('overdue', 'no_report')
group by owing_unit_name
order by 逾期未完成 desc, 未报送 desc
limit 20
