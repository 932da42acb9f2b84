with

alerts as (

    select * from {{ ref('int_power_alerts_resolved') }}

),

alert_reports as (

    select * from {{ ref('stg_power_alerts') }}

),

applications as (

    select * from {{ ref('int_grid_applications_resolved') }}

),

application_reports as (

    select * from {{ ref('stg_grid_applications') }}

),

alert_things as (

    select
        'power_alert' as subject_type,
        alerts.power_alert_id as subject_id,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'power_alert' as evidence_type,
        alerts.power_alert_id as evidence_id,
        alerts.alert_type_name as subject_name,
        cast(null as date) as stated_due_date,
        alerts.clue_id,
        alerts.check_result_code <> 'none' as has_check_result,
        alerts.check_result_code = 'confirmed' as is_confirmed,
        alerts.check_result_code in ('normal_production', 'equipment_fault', 'false_alarm')
            as is_harmless,
        alerts.alerted_at,
        alerts.checked_at,
        alerts.fed_back_at,
        alerts.superior_fed_back_at,
        alerts.first_inspected_at,
        alert_reports.checked_reported_at,
        alert_reports.fed_back_reported_at,
        alert_reports.superior_fed_back_reported_at,
        alert_reports.first_inspected_reported_at,
        alert_reports.clue_reported_at
    from alerts
    inner join alert_reports on alerts.power_alert_id = alert_reports.alert_id

),

application_things as (

    select
        'grid_application' as subject_type,
        applications.application_id as subject_id,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'grid_application' as evidence_type,
        applications.application_id as evidence_id,
        applications.application_kind_name as subject_name,
        cast(null as date) as stated_due_date,
        applications.has_commitment,
        applications.accepted_date,
        applications.commitment_date,
        application_reports.commitment_reported_at
    from applications
    inner join application_reports
        on applications.application_id = application_reports.application_id

),

final as (

    {{ steps_taken('alert_things', [
        ('alerted', 'true', 'alerted_at', 'cast(null as timestamp)'),
        ('checked', 'has_check_result or checked_at is not null', 'checked_at', 'checked_reported_at'),
        ('fed_back', 'fed_back_at is not null', 'fed_back_at', 'fed_back_reported_at'),
        ('superior_fed_back', 'superior_fed_back_at is not null', 'superior_fed_back_at', 'superior_fed_back_reported_at'),
        ('first_inspected', 'first_inspected_at is not null', 'first_inspected_at', 'first_inspected_reported_at'),
        ('found_harmless', 'is_harmless', 'checked_at', 'checked_reported_at'),
        ('confirmed', 'is_confirmed and checked_at is not null', 'checked_at', 'checked_reported_at'),
        ('has_case', 'clue_id is not null', 'null', 'clue_reported_at'),
    ]) }}
    union all
    {{ steps_taken('application_things', [
        ('accepted', 'true', 'accepted_date', 'cast(null as timestamp)'),
        ('commitment', 'has_commitment', 'commitment_date', 'commitment_reported_at'),
    ]) }}

)

select * from final
