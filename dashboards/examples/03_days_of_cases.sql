-- 案件各阶段用时（天，中位数）
select
    case_type_name as 案由,
    count(*) as 案件数,
    round(median(days_to_filing), 1) as 发现到立案,
    round(median(days_filing_to_decision), 1) as 立案到决定,
    round(median(days_decision_to_closing), 1) as 决定到结案
from fct_cases
group by case_type_name
order by 案件数 desc
