with

factors as (

    select * from {{ ref('risk_factors') }}
    where factor_code = 'not_looked_at'

),

-- Where a village is all that is known, no look can be shown to have been at the place.
places as (

    select
        places.*,
        factors.factor_code,
        factors.window_days
    from {{ ref('int_site_risk_places') }} as places
    cross join factors

),

visits as (

    select * from {{ ref('int_site_risk_visits') }}

),

cameras as (

    select
        camera_id,
        site_id
    from {{ ref('fct_camera_views') }}
    where is_visible
    union
    select
        camera_id,
        site_id
    from {{ ref('dim_cameras') }}
    where site_id is not null

),

camera_days as (

    select * from {{ ref('fct_camera_days') }}

),

-- Whole weeks back from the day, so that a visit a week is a full look whatever weekday it is.
walked as (

    select
        places.place_id,
        places.risk_date,
        count(
            distinct
            case
                when
                    visits.visit_date
                    > places.risk_date - places.window_days * interval '1' day
                    then
                        cast(
                            floor(
                                {{ seconds_between(
                                    'cast(visits.visit_date as timestamp)',
                                    'cast(places.risk_date as timestamp)'
                                ) }} / 604800e0
                            ) as bigint
                        )
            end
        ) as week_count,
        max(visits.visit_date) as last_visit_date
    from places
    inner join visits
        on places.place_id = visits.place_id and places.risk_date >= visits.visit_date
    group by places.place_id, places.risk_date

),

-- What a camera does not see while it is offline or silent nobody sees; of several the best counts.
seen as (

    select
        places.place_id,
        places.risk_date,
        cameras.camera_id,
        sum(camera_days.online_minutes) / (max(places.window_days) * 1440e0) as online_share
    from places
    inner join cameras on places.site_id = cameras.site_id
    inner join camera_days
        on
            cameras.camera_id = camera_days.camera_id
            and places.risk_date >= camera_days.camera_date
            and camera_days.camera_date
            > places.risk_date - places.window_days * interval '1' day
    group by places.place_id, places.risk_date, cameras.camera_id

),

watched as (

    select
        place_id,
        risk_date,
        max(online_share) as online_share
    from seen
    group by place_id, risk_date

),

measured as (

    select
        places.factor_code,
        places.place_id,
        places.risk_date,
        walked.last_visit_date,
        coalesce(walked.week_count, 0) as week_count,
        places.window_days / 7e0 as weeks_number,
        least(coalesce(watched.online_share, 0), 1) as online_share,
        watched.place_id is not null as is_watched
    from places
    left join walked
        on places.place_id = walked.place_id and places.risk_date = walked.risk_date
    left join watched
        on places.place_id = watched.place_id and places.risk_date = watched.risk_date

),

final as (

    select
        factor_code,
        place_id,
        cast(null as varchar) as evidence_type,
        cast(null as varchar) as evidence_id,
        '有' || cast(week_count as varchar) || '周有人到场'
        || case
            when is_watched
                then
                    '，可见摄像机在线' || cast(cast(round(online_share * 100) as bigint) as varchar)
                    || '%'
            else '，没有摄像机看得到'
        end
        || case
            when last_visit_date is not null
                then '，最近一次到场在' || cast(last_visit_date as varchar)
            else '，没有到场记录'
        end as detail_text,
        (1 - least(week_count / weeks_number, 1))
        * (1 - {{ setting('risk_camera_share') }} * online_share) as quantity,
        last_visit_date as last_date,
        risk_date
    from measured

)

select * from final
