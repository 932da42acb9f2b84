with

events as (

    select * from {{ ref('fct_video_events') }}
    where is_mining_related and not has_clock_error

),

kinds as (

    select * from {{ ref('video_event_kinds') }}

),

-- One thing seen goes on being seen: by the same camera, of the same kind, at the same place.
followed as (

    select
        *,
        {{ seconds_between(
            'lag(occurred_at) over (
                partition by device_id, event_kind_code, site_id
                order by occurred_at, video_event_id
            )',
            'occurred_at'
        ) }} as seconds_since_previous
    from events

),

started as (

    select
        *,
        case
            when seconds_since_previous <= {{ setting('video_spell_gap_minutes') }} * 60
                then 0
            else 1
        end as is_start_count
    from followed

),

numbered as (

    select
        *,
        sum(is_start_count) over (
            partition by device_id, event_kind_code, site_id
            order by occurred_at, video_event_id
            rows between unbounded preceding and current row
        ) as spell_number
    from started

),

ranked as (

    select
        *,
        row_number() over (
            partition by device_id, event_kind_code, site_id, spell_number
            order by occurred_at, video_event_id
        ) as event_rank
    from numbered

),

spells as (

    select
        min(case when event_rank = 1 then video_event_id end) as video_event_id,
        device_id,
        min(camera_id) as camera_id,
        min(case when event_rank = 1 then delivery_sha256 end) as delivery_sha256,
        min(case when event_rank = 1 then township_code end) as township_code,
        min(case when event_rank = 1 then village_code end) as village_code,
        site_id,
        min(case_id) as case_id,
        event_kind_code,
        -- Once confirmed it is confirmed, whatever was judged of its other pictures.
        case
            when sum(case when verification_code = 'confirmed' then 1 else 0 end) > 0
                then 'confirmed'
            when sum(case when verification_code = 'false_alarm' then 1 else 0 end) > 0
                then 'refuted'
            else 'none'
        end as verdict_code,
        min(camera_name) as camera_name,
        min(township_name) as township_name,
        min(village_name) as village_name,
        min(site_name) as site_name,
        min(event_kind_name) as event_kind_name,
        min(case when event_rank = 1 then file_name end) as file_name,
        min(case when event_rank = 1 then sheet_name end) as sheet_name,
        min(case when event_rank = 1 then row_number end) as row_number,
        count(*) as event_count,
        cast(sum(push_count) as bigint) as push_count,
        cast(sum(case when is_verified then 1 else 0 end) as bigint) as verified_count,
        min(case when event_rank = 1 then longitude end) as longitude,
        min(case when event_rank = 1 then latitude end) as latitude,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        4 * extract(hour from min(occurred_at))
        + floor(extract(minute from min(occurred_at)) / 15) + 1 as slot_number,
        min(verified_at) as first_verified_at
    from ranked
    group by device_id, event_kind_code, site_id, spell_number

),

-- Digging that nobody has refuted, by place and night; a night belongs to the day on which it
-- begins.
nights as (

    select distinct
        coalesce(spells.site_id, spells.village_code) as place_id,
        cast(spells.started_at - interval '12' hour as date) as night_date
    from spells
    inner join kinds on spells.event_kind_code = kinds.event_kind_code
    where
        kinds.is_digging
        and spells.verdict_code <> 'refuted'
        and (
            spells.slot_number >= {{ setting('night_start_slot') }}
            or spells.slot_number <= {{ setting('night_end_slot') }}
        )

),

counted as (

    select
        nights.place_id,
        nights.night_date,
        count(*) as night_count
    from nights
    inner join nights as earlier
        on
            nights.place_id = earlier.place_id
            and nights.night_date >= earlier.night_date
            and earlier.night_date
            > nights.night_date - cast({{ setting('video_repeat_days') }} as integer)
    group by nights.place_id, nights.night_date

),

final as (

    select
        spells.video_event_id,
        spells.device_id,
        spells.camera_id,
        spells.delivery_sha256,
        spells.township_code,
        spells.village_code,
        spells.site_id,
        spells.case_id,
        spells.event_kind_code,
        spells.verdict_code,
        spells.camera_name,
        spells.township_name,
        spells.village_name,
        spells.site_name,
        spells.event_kind_name,
        spells.file_name,
        spells.sheet_name,
        spells.row_number,
        spells.event_count,
        spells.push_count,
        spells.verified_count,
        case when kinds.is_digging then coalesce(counted.night_count, 0) else 0 end as night_count,
        spells.longitude,
        spells.latitude,
        kinds.is_digging
        and spells.verdict_code <> 'refuted'
        and coalesce(counted.night_count, 0) >= {{ setting('video_repeat_nights_min') }}
            as is_repeated,
        spells.started_at,
        spells.ended_at,
        spells.first_verified_at
    from spells
    inner join kinds on spells.event_kind_code = kinds.event_kind_code
    left join counted
        on
            coalesce(spells.site_id, spells.village_code) = counted.place_id
            and counted.night_date = cast(spells.started_at - interval '12' hour as date)

)

select * from final
