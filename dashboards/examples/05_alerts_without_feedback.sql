-- 用电预警超过 3 天没有反馈，按预警类型
-- “今天”是版本的数据截至时间，不是开查询的这一天。
select
    alerts.alert_type_name as 预警类型,
    count(*) as 预警数,
    min(alerts.alerted_at) as 最早
from fct_power_alerts as alerts
cross join dim_version as version
where not alerts.is_fed_back and alerts.alerted_at < version.as_of_at - interval 3 day
group by alerts.alert_type_name
order by 预警数 desc
