with

alerts as (

    select * from {{ ref('stg_power_alerts') }}

),

delivered_users as (

    select * from {{ ref('stg_power_users') }}

),

resolved_users as (

    select * from {{ ref('int_power_users_resolved') }}

),

versions as (

    select * from {{ ref('int_power_user_versions') }}

),

alert_types as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'power_alert_type'

),

check_results as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'power_check_result'

),

-- The company's words may name whose account it is. One character is in too many words.
private_names as (

    select distinct
        delivered_users.meter_id,
        delivered_users.power_user_name
    from delivered_users
    inner join resolved_users
        on
            delivered_users.delivery_sha256 = resolved_users.delivery_sha256
            and delivered_users.sheet_name is not distinct from resolved_users.sheet_name
            and delivered_users.row_number = resolved_users.row_number
    where not resolved_users.is_organisation and length(delivered_users.power_user_name) >= 2

),

-- Two of them in one text are the former holder and the present one.
named_in_text as (

    select
        alerts.alert_id,
        max(private_names.power_user_name) as one_name,
        min(private_names.power_user_name) as other_name
    from alerts
    inner join private_names
        on
            alerts.meter_id = private_names.meter_id
            and instr(
                coalesce(alerts.description_text, '')
                || '|' || coalesce(alerts.disposition_text, ''),
                private_names.power_user_name
            ) > 0
    group by alerts.alert_id

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
        replace(
            replace(alerts.description_text, coalesce(named_in_text.one_name, '该户'), '该户'),
            coalesce(named_in_text.other_name, '该户'), '该户'
        ) as reason_text,
        replace(
            replace(alerts.disposition_text, coalesce(named_in_text.one_name, '该户'), '该户'),
            coalesce(named_in_text.other_name, '该户'), '该户'
        ) as disposition_text,
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
    -- The account as it stood at the alert; one from before its first version is of the first.
    left join versions
        on
            alerts.meter_id = versions.meter_id
            and (versions.is_first or alerts.alerted_at >= versions.valid_from_at)
            and (versions.valid_to_at is null or alerts.alerted_at < versions.valid_to_at)
    left join alert_types
        on {{ normalised_place_name('alerts.alert_type_name') }} = alert_types.name_text
    left join check_results
        on {{ normalised_place_name('alerts.check_result_name') }} = check_results.name_text
    left join named_in_text on alerts.alert_id = named_in_text.alert_id

)

select * from final
