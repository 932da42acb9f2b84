with

signals as (

    select * from {{ ref('fct_signals') }}
    where evidence_type = 'power_alert'

),

-- What a look explained contradicts nothing.
alerts as (

    select * from {{ ref('fct_power_alerts') }}
    where check_result_code not in ('normal_production', 'equipment_fault', 'false_alarm')

),

-- The company's own words stay in its alert: they may name people.
final as (

    select
        alerts.power_alert_id,
        alerts.delivery_sha256,
        alerts.meter_id,
        alerts.power_user_version_id,
        alerts.township_code,
        alerts.village_code,
        alerts.site_id,
        signals.signal_id,
        alerts.rule_code as alert_rule_code,
        alerts.alert_type_code,
        alerts.file_name,
        alerts.sheet_name,
        case
            when alerts.is_confirmed then 'high'
            when alerts.source_code = 'derived' then 'medium'
            else 'low'
        end as confidence_code,
        coalesce(alerts.alert_type_name, '用电异常') || '：'
        || case
            when alerts.source_code = 'derived' then alerts.reason_text
            when alerts.is_confirmed
                then cast(alerts.alert_date as varchar) || '供电公司预警，经核实属实'
            else cast(alerts.alert_date as varchar) || '供电公司预警，尚未核实'
        end as alert_text,
        alerts.row_number,
        alerts.is_confirmed,
        alerts.alert_date,
        alerts.alerted_at,
        cast(
            coalesce(alerts.last_date, alerts.alert_date) + interval '1' day as timestamp
        ) as known_at
    from alerts
    left join signals on alerts.power_alert_id = signals.evidence_id

)

select * from final
