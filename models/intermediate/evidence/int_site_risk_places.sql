with

context as (

    select
        as_of_at,
        cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

weeks as (

    select * from {{ ref('int_periods') }}
    where period_kind_code = 'week'

),

sites as (

    select * from {{ ref('dim_sites') }}

),

incidents as (

    select * from {{ ref('fct_incidents') }}
    where is_suspected

),

longest as (

    select max(window_days) as window_days
    from {{ ref('risk_factors') }}

),

-- The as-of day and the ends of the weeks before it: a strip for a page, not a row for every day.
days as (

    select
        as_of_date as risk_date,
        as_of_at as known_until_at,
        true as is_as_of
    from context
    union all
    select
        weeks.period_end_date as risk_date,
        cast(weeks.period_end_date + interval '1' day as timestamp) as known_until_at,
        false as is_as_of
    from weeks
    inner join context
        on
            weeks.period_end_date < context.as_of_date
            and weeks.period_end_date
            >= context.as_of_date
            - cast({{ setting('risk_history_weeks') }} * 7 as bigint) * interval '1' day

),

-- As the register stood on that day.
registered as (

    select
        sites.*,
        days.risk_date,
        days.known_until_at,
        days.is_as_of
    from days
    inner join sites
        on
            days.known_until_at > sites.valid_from_at
            and coalesce(sites.valid_to_at, timestamp '9999-12-31 00:00:00') >= days.known_until_at
    where coalesce(sites.deregistered_date, date '9999-12-31') > days.risk_date

),

-- What nobody registered, what was taken off the register, and a village where nothing says which
-- place of it: each as long as its incidents can still count.
told as (

    select
        incidents.place_id,
        days.risk_date,
        days.known_until_at,
        days.is_as_of,
        min(incidents.place_kind_code) as place_kind_code,
        min(incidents.site_id) as site_id,
        min(incidents.site_name) as site_name,
        min(incidents.township_code) as township_code,
        min(incidents.village_code) as village_code,
        coalesce(min(incidents.village_name), min(incidents.township_name), '') as area_name,
        min(incidents.longitude) as longitude,
        min(incidents.latitude) as latitude
    from days
    cross join longest
    inner join incidents
        on
            days.known_until_at > incidents.started_at
            and cast(incidents.ended_at as date)
            > days.risk_date - longest.window_days * interval '1' day
    left join registered
        on incidents.site_id = registered.site_id and days.risk_date = registered.risk_date
    where registered.site_id is null
    group by incidents.place_id, days.risk_date, days.known_until_at, days.is_as_of

),

final as (

    select
        site_id as place_id,
        'site' as place_kind_code,
        site_id,
        township_code,
        village_code,
        site_name as place_name,
        site_class_code,
        county_unit_name,
        longitude,
        latitude,
        true as is_registered,
        has_warning_sign,
        has_responsibility_plate,
        is_key_area,
        is_as_of,
        licence_to_date,
        risk_date,
        known_until_at
    from registered
    union all
    select
        told.place_id,
        told.place_kind_code,
        told.site_id,
        told.township_code,
        told.village_code,
        case
            when told.place_kind_code = 'site' then coalesce(told.site_name, told.site_id)
            when told.place_kind_code = 'village' then told.area_name || '（具体地点不详）'
            else told.area_name || '未登记地点'
        end as place_name,
        cast(null as varchar) as site_class_code,
        cast(null as varchar) as county_unit_name,
        told.longitude,
        told.latitude,
        false as is_registered,
        false as has_warning_sign,
        false as has_responsibility_plate,
        false as is_key_area,
        told.is_as_of,
        cast(null as date) as licence_to_date,
        told.risk_date,
        told.known_until_at
    from told

)

select * from final
