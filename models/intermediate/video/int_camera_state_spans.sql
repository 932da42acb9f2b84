with

statuses as (

    select * from {{ ref('stg_camera_status') }}

),

value_names as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'camera_state'

),

context as (

    select
        as_of_at,
        date_trunc('minute', as_of_at) as as_of_minute_at
    from {{ source('build', 'context') }}

),

-- Whole minutes, so that the minutes of a day add up: a status counts from the beginning of its
-- minute, and of several in one minute the last.
minutes as (

    select
        statuses.device_id,
        statuses.delivery_sha256,
        statuses.file_name,
        statuses.sheet_name,
        statuses.row_number,
        coalesce(value_names.value_code, 'unknown') as state_code,
        context.as_of_minute_at,
        date_trunc('minute', statuses.observed_at) as observed_minute_at
    from statuses
    inner join context on statuses.observed_at <= context.as_of_at
    left join value_names
        on {{ normalised_place_name('statuses.state_name') }} = value_names.name_text
    qualify row_number() over (
        partition by statuses.device_id, date_trunc('minute', statuses.observed_at)
        order by statuses.observed_at desc
    ) = 1

),

held as (

    select
        device_id,
        delivery_sha256,
        file_name,
        sheet_name,
        row_number,
        state_code,
        observed_minute_at as started_at,
        least(
            lead(observed_minute_at) over (partition by device_id order by observed_minute_at),
            observed_minute_at
            + cast(round({{ setting('camera_status_hold_hours') }} * 60) as bigint)
            * interval '1' minute,
            as_of_minute_at
        ) as ended_at
    from minutes

),

-- A state in words that nobody has listed ends the one before it and says nothing itself.
final as (

    select
        device_id as camera_id,
        delivery_sha256,
        file_name,
        sheet_name,
        state_code,
        row_number,
        started_at,
        ended_at
    from held
    where state_code <> 'unknown' and started_at < ended_at

)

select * from final
