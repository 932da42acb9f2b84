-- 各乡镇每月村级巡查覆盖率
-- 周期尚未结束的（is_open）不计。
select
    strftime(period_end_date, '%Y-%m') as 月份,
    township_name as 乡镇,
    sum(expected_count) as 应巡,
    sum(done_count) as 已巡,
    round(100 * sum(done_count) / nullif(sum(expected_count), 0), 1) as 覆盖率
from rpt_patrol_coverage
where patrol_level_code = 'village' and not is_open
group by all
order by 月份, 乡镇
