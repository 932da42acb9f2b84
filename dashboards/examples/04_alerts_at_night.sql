-- 夜间（22 点至次日 6 点）涉采视频告警，按摄像机
select
    camera_name as 摄像机,
    township_name as 乡镇,
    count(*) as 告警数,
    count(*) filter (where is_verified) as 已核实,
    max(occurred_at) as 最近一次
from fct_video_events
where is_mining_related and (hour(occurred_at) >= 22 or hour(occurred_at) < 6)
group by camera_name, township_name
order by 告警数 desc
limit 50
