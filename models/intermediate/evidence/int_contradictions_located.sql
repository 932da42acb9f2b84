with

-- What was looked at and is nothing, and what a machine alone saw, is evidence of nothing.
signals as (

    select * from {{ ref('int_contradictions_signals') }}
    where confidence_code <> 'low' and longitude is not null and latitude is not null

),

cases as (

    select * from {{ ref('fct_cases') }}
    where longitude is not null and latitude is not null

),

power_users as (

    select * from {{ ref('dim_power_users') }}
    where is_current and longitude is not null and latitude is not null

),

alerts as (

    select
        alerts.*,
        power_users.longitude,
        power_users.latitude
    from {{ ref('int_contradictions_power_alerts') }} as alerts
    inner join power_users on alerts.meter_id = power_users.meter_id
    where alerts.alert_type_code <> 'energy_drop'

),

final as (

    select
        evidence_type,
        evidence_id,
        signal_id,
        evidence_delivery_sha256 as delivery_sha256,
        evidence_file_name as file_name,
        evidence_sheet_name as sheet_name,
        evidence_row_number as row_number,
        township_code,
        evidence_text,
        confidence_code,
        longitude,
        latitude,
        evidence_date,
        started_at as evidence_at,
        evidence_known_at as known_at
    from signals
    where evidence_type <> 'power_alert'
    union all
    select
        'power_alert' as evidence_type,
        power_alert_id as evidence_id,
        signal_id,
        delivery_sha256,
        file_name,
        sheet_name,
        row_number,
        township_code,
        alert_text as evidence_text,
        confidence_code,
        longitude,
        latitude,
        alert_date as evidence_date,
        alerted_at as evidence_at,
        known_at
    from alerts
    union all
    select
        'case' as evidence_type,
        case_id as evidence_id,
        cast(null as varchar) as signal_id,
        delivery_sha256,
        file_name,
        sheet_name,
        row_number,
        township_code,
        '案件' || case_id || '（' || cast(discovered_date as varchar) || '发现）：' || case_type_name
            as evidence_text,
        'high' as confidence_code,
        longitude,
        latitude,
        discovered_date as evidence_date,
        cast(discovered_date as timestamp) as evidence_at,
        cast(discovered_date as timestamp) as known_at
    from cases

)

select * from final
