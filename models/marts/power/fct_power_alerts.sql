with

alerts as (

    select * from {{ ref('int_power_alerts_united') }}

),

power_users as (

    select * from {{ ref('dim_power_users') }}

),

timed as (

    select
        alerts.*,
        {{ step_seconds('alerts.alerted_at', 'alerts.checked_at') }} as seconds_to_check,
        {{ step_seconds('alerts.alerted_at', 'alerts.fed_back_at') }} as seconds_to_feedback,
        alerts.checked_at is not null or alerts.check_result_code <> 'none' as is_checked,
        {{ is_step_before('alerts.alerted_at', 'alerts.checked_at') }}
        or {{ is_step_before('alerts.alerted_at', 'alerts.fed_back_at') }}
        or {{ is_step_before('alerts.alerted_at', 'alerts.superior_fed_back_at') }}
        or {{ is_step_before('alerts.alerted_at', 'alerts.first_inspected_at') }}
        or {{ is_step_before('alerts.alerted_at', 'alerts.stop_requested_at') }}
        or {{ is_step_before('alerts.alerted_at', 'alerts.stopped_at') }}
        or {{ is_step_before('alerts.stop_requested_at', 'alerts.stopped_at') }}
            as has_steps_out_of_order
    from alerts

),

final as (

    select
        -- ids
        timed.power_alert_id,
        timed.delivery_sha256,
        timed.meter_id,
        timed.power_user_version_id,
        power_users.power_user_name,
        power_users.township_code,
        power_users.township_name,
        power_users.village_code,
        power_users.village_name,
        power_users.site_id,
        power_users.site_name,
        timed.clue_id,
        -- text
        timed.source_code,
        timed.rule_code,
        timed.alert_type_code,
        timed.alert_type_name,
        timed.level_name,
        timed.check_result_code,
        timed.reason_text,
        timed.disposition_text,
        timed.file_name,
        timed.sheet_name,
        -- numbers
        timed.row_number,
        timed.days_count,
        cast(round(cast(timed.seconds_to_check as double) / 3600, 2) as decimal(12, 2))
            as hours_to_check,
        cast(round(cast(timed.seconds_to_feedback as double) / 3600, 2) as decimal(12, 2))
            as hours_to_feedback,
        -- booleans
        timed.power_user_version_id is not null as is_known_meter,
        timed.is_checked,
        timed.check_result_code = 'confirmed' as is_confirmed,
        timed.fed_back_at is not null as is_fed_back,
        timed.stopped_at is not null as is_supply_stopped,
        -- What the check explained needs no feedback; anything else is open until the county knows.
        not timed.is_checked
        or (
            timed.check_result_code not in ('normal_production', 'equipment_fault', 'false_alarm')
            and timed.fed_back_at is null
        ) as is_open,
        timed.has_steps_out_of_order,
        -- dates
        cast(timed.alerted_at as date) as alert_date,
        timed.last_date,
        -- timestamps
        timed.alerted_at,
        timed.checked_at,
        timed.fed_back_at,
        timed.superior_fed_back_at,
        timed.first_inspected_at,
        timed.stop_requested_at,
        timed.stopped_at,
        timed.received_at as reported_at
    from timed
    left join power_users
        on timed.power_user_version_id = power_users.power_user_version_id

)

select * from final
