with

alerts as (

    select * from {{ ref('stg_power_alerts') }}

),

texts as (

    select * from {{ ref('int_power_alert_texts_redacted') }}

),

alert_types as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'power_alert_type'

),

check_results as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'power_check_result'

),

-- An alert from before the first version is of the first. The bounds have no nulls, because an `or`
-- in the outer join below would compare every alert with every version.
versions as (

    select
        power_user_version_id,
        meter_id,
        case
            when is_first then timestamp '0001-01-01 00:00:00'
            else valid_from_at
        end as held_from_at,
        coalesce(valid_to_at, timestamp '9999-12-31 00:00:00') as held_to_at
    from {{ ref('int_power_user_versions') }}

),

final as (

    select
        alerts.alert_id as power_alert_id,
        alerts.delivery_sha256,
        alerts.meter_id,
        versions.power_user_version_id,
        alerts.clue_id,
        alerts.file_name,
        alerts.sheet_name,
        coalesce(alert_types.value_code, 'other') as alert_type_code,
        coalesce(alert_types.value_name, alerts.alert_type_name) as alert_type_name,
        alerts.level_name,
        case
            when alerts.check_result_name is null then 'none'
            else coalesce(check_results.value_code, 'other')
        end as check_result_code,
        texts.reason_text,
        texts.disposition_text,
        alerts.row_number,
        alerts.alerted_at,
        alerts.checked_at,
        alerts.fed_back_at,
        alerts.superior_fed_back_at,
        alerts.first_inspected_at,
        alerts.stop_requested_at,
        alerts.stopped_at,
        alerts.received_at
    from alerts
    inner join texts on alerts.alert_id = texts.alert_id
    left join versions
        on
            alerts.meter_id = versions.meter_id
            and alerts.alerted_at >= versions.held_from_at
            and alerts.alerted_at < versions.held_to_at
    left join alert_types
        on {{ normalised_place_name('alerts.alert_type_name') }} = alert_types.name_text
    left join check_results
        on {{ normalised_place_name('alerts.check_result_name') }} = check_results.name_text

)

select * from final
