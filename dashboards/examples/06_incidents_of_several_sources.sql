-- 两类以上来源、还没有案件也没有书面说明的事件
select
    incidents.township_name as 乡镇,
    incidents.site_name as 点位,
    incidents.started_date as 开始,
    incidents.signal_count as 信号数,
    incidents.credible_source_count as 可信来源数,
    string_agg(distinct signals.source_name, '、') as 来源
from fct_incidents as incidents
inner join fct_incident_signals as members on incidents.incident_id = members.incident_id
inner join fct_signals as signals on members.signal_id = signals.signal_id
where incidents.is_unanswered
group by all
order by 可信来源数 desc, 信号数 desc
limit 50
