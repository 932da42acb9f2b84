with

company as (

    select * from {{ ref('int_power_alerts_resolved') }}

),

derived as (

    select * from {{ ref('int_power_alerts_derived') }}

),

final as (

    select
        power_alert_id,
        delivery_sha256,
        meter_id,
        power_user_version_id,
        clue_id,
        'company' as source_code,
        cast(null as varchar) as rule_code,
        alert_type_code,
        alert_type_name,
        level_name,
        check_result_code,
        reason_text,
        disposition_text,
        file_name,
        sheet_name,
        row_number,
        cast(null as bigint) as days_count,
        cast(null as date) as last_date,
        alerted_at,
        checked_at,
        fed_back_at,
        superior_fed_back_at,
        first_inspected_at,
        stop_requested_at,
        stopped_at,
        received_at
    from company
    union all
    select
        power_alert_id,
        delivery_sha256,
        meter_id,
        power_user_version_id,
        cast(null as varchar) as clue_id,
        'derived' as source_code,
        rule_code,
        alert_type_code,
        rule_name as alert_type_name,
        cast(null as varchar) as level_name,
        'none' as check_result_code,
        reason_text,
        cast(null as varchar) as disposition_text,
        file_name,
        cast(null as varchar) as sheet_name,
        row_number,
        days_count,
        last_date,
        cast(first_date as timestamp) as alerted_at,
        cast(null as timestamp) as checked_at,
        cast(null as timestamp) as fed_back_at,
        cast(null as timestamp) as superior_fed_back_at,
        cast(null as timestamp) as first_inspected_at,
        cast(null as timestamp) as stop_requested_at,
        cast(null as timestamp) as stopped_at,
        reported_at as received_at
    from derived

)

select * from final
