-- 各单位来件的退回率
select
    coalesce(sender_name, '未知单位') as 报送单位,
    count(*) as 来件数,
    sum(read_count) as 读到行数,
    sum(rejected_count) as 退回行数,
    round(100 * sum(rejected_count) / nullif(sum(read_count), 0), 2) as 退回率
from fct_deliveries
where outcome_code = 'used'
group by sender_name
order by 退回行数 desc, 来件数 desc
limit 30
