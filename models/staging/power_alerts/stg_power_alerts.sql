with

power_alerts as (

    select * from {{ source('raw', 'power_alerts') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(alert_id) as alert_id,
        trim(meter_id) as meter_id,
        nullif(trim(clue_id), '') as clue_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(alert_type_name) as alert_type_name,
        trim(description_text) as description_text,
        trim(level_name) as level_name,
        trim(check_result_name) as check_result_name,
        trim(fed_back_to_name) as fed_back_to_name,
        trim(disposition_text) as disposition_text,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(alerted_at as timestamp) as alerted_at,
        cast(checked_at as timestamp) as checked_at,
        cast(fed_back_at as timestamp) as fed_back_at,
        cast(superior_fed_back_at as timestamp) as superior_fed_back_at,
        cast(stop_requested_at as timestamp) as stop_requested_at,
        cast(stopped_at as timestamp) as stopped_at,
        cast(first_inspected_at as timestamp) as first_inspected_at,
        _received_at as received_at,
        min(case when checked_at is not null then _received_at end) over (partition by alert_id)
            as checked_reported_at,
        min(case when fed_back_at is not null then _received_at end) over (partition by alert_id)
            as fed_back_reported_at,
        min(case when superior_fed_back_at is not null then _received_at end) over (
            partition by alert_id
        ) as superior_fed_back_reported_at,
        min(case when first_inspected_at is not null then _received_at end) over (
            partition by alert_id
        ) as first_inspected_reported_at,
        min(case when nullif(trim(clue_id), '') is not null then _received_at end) over (
            partition by alert_id
        ) as clue_reported_at
    from power_alerts
    where _reject_reasons is null
    qualify row_number() over (
        partition by alert_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
