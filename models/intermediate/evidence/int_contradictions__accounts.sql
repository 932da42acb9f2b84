{%- set account = {
    'claim_type': "'power_user'", 'claim_id': 'power_user_version_id',
    'claim_delivery_sha256': 'claim_delivery_sha256', 'claim_file_name': 'claim_file_name',
    'claim_sheet_name': 'claim_sheet_name', 'claim_row_number': 'claim_row_number',
    'township_code': 'township_code', 'village_code': 'village_code', 'site_id': 'site_id',
    'evidence_type': "'power_alert'", 'evidence_id': 'power_alert_id', 'signal_id': 'signal_id',
    'evidence_delivery_sha256': 'delivery_sha256', 'evidence_file_name': 'file_name',
    'evidence_sheet_name': 'sheet_name', 'evidence_row_number': 'row_number',
    'evidence_text': 'alert_text', 'confidence_code': 'confidence_code', 'hours_between': '0',
    'claim_date': 'cast(valid_from_at as date)', 'evidence_date': 'alert_date', 'claimed_at': 'valid_from_at',
    'evidence_at': 'alerted_at', 'evidence_known_at': 'known_at',
} -%}

with

rules as (

    select * from {{ ref('contradiction_rules') }}

),

value_names as (

    select distinct
        list_code,
        value_code,
        value_name
    from {{ ref('int_value_names') }}

),

power_users as (

    select
        *,
        delivery_sha256 as claim_delivery_sha256,
        file_name as claim_file_name,
        sheet_name as claim_sheet_name,
        row_number as claim_row_number,
        '用电户' || meter_id || coalesce('（' || village_name || '）', '') as account_text
    from {{ ref('dim_power_users') }}

),

applications as (

    select * from {{ ref('fct_grid_applications') }}
    where review_result_code <> 'rejected'

),

alerts as (

    select * from {{ ref('int_contradictions_power_alerts') }}

),

-- A register may be behind an application to be supplied again.
supplied_again as (

    select distinct alerts.power_alert_id
    from alerts
    inner join applications on alerts.meter_id = applications.meter_id
    inner join rules
        on
            rules.rule_code = 'X04'
            and alerts.alert_date >= applications.accepted_date
            and {{ seconds_between(
                'cast(applications.accepted_date as timestamp)', 'cast(alerts.alert_date as timestamp)'
            ) }} <= rules.window_days * 86400
    where applications.application_kind_code in ('new', 'enlarge', 'resume')

),

stopped as (

    select
        alerts.*,
        power_users.claim_delivery_sha256,
        power_users.claim_file_name,
        power_users.claim_sheet_name,
        power_users.claim_row_number,
        power_users.account_text,
        power_users.valid_from_at,
        states.value_name as state_name
    from alerts
    inner join power_users on alerts.power_user_version_id = power_users.power_user_version_id
    inner join value_names as states
        on power_users.user_state_code = states.value_code and states.list_code = 'power_user_state'
    left join supplied_again on alerts.power_alert_id = supplied_again.power_alert_id
    where
        (
            alerts.alert_rule_code = 'stopped_load'
            or alerts.alert_type_code in ('use_while_stopped', 'use_after_closing')
        )
        and power_users.user_state_code in ('suspended', 'paused', 'closed', 'cut_off')
        and supplied_again.power_alert_id is null

),

farms as (

    select
        alerts.*,
        power_users.claim_delivery_sha256,
        power_users.claim_file_name,
        power_users.claim_sheet_name,
        power_users.claim_row_number,
        power_users.account_text,
        power_users.electricity_kind_name,
        power_users.valid_from_at
    from alerts
    inner join power_users on alerts.power_user_version_id = power_users.power_user_version_id
    where
        power_users.electricity_kind_code = 'agricultural'
        and (
            alerts.alert_rule_code in ('farm_night', 'irrigation_off_season')
            or (
                alerts.alert_type_code in ('use_not_as_agreed', 'irrigation_off_season')
                and alerts.is_confirmed
            )
        )

),

final as (

    {{ contradiction_rows('X04', 'stopped', dict(account, **{
        'claim_text': "account_text || '档案状态为' || state_name",
    })) }}
    union all
    {{ contradiction_rows('X06', 'farms', dict(account, **{
        'claim_text': "account_text || '用电类别为' || coalesce(electricity_kind_name, '农业')",
    })) }}

)

select * from final
