{%- set account = {
    'claim_type': "'power_user'", 'claim_id': 'power_user_version_id',
    'claim_delivery_sha256': 'delivery_sha256', 'claim_file_name': 'file_name',
    'claim_sheet_name': 'sheet_name', 'claim_row_number': 'row_number',
    'township_code': 'township_code', 'village_code': 'village_code', 'site_id': 'site_id',
    'hours_between': '0', 'claimed_at': 'valid_from_at',
} -%}

with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

rules as (

    select * from {{ ref('contradiction_rules') }}

),

power_users as (

    select
        *,
        '用电户' || meter_id || coalesce('（' || village_name || '）', '') as account_text
    from {{ ref('dim_power_users') }}

),

alerts as (

    select * from {{ ref('int_contradictions_power_alerts') }}

),

-- Whoever applies promises not to use more than is granted (承诺书).
promises as (

    select
        meter_id,
        min(coalesce(commitment_date, accepted_date)) as commitment_date
    from {{ ref('fct_grid_applications') }}
    where has_commitment and meter_id is not null
    group by meter_id

),

sites as (

    select
        *,
        case
            when site_class_code = 'licensed_mine' then licence_to_date
            else closed_date
        end as ended_date
    from {{ ref('dim_sites') }}
    where is_current

),

over_promise as (

    select
        power_users.*,
        promises.commitment_date,
        alerts.power_alert_id,
        alerts.signal_id,
        alerts.delivery_sha256 as other_delivery_sha256,
        alerts.file_name as other_file_name,
        alerts.sheet_name as other_sheet_name,
        alerts.row_number as other_row_number,
        alerts.alert_text,
        alerts.confidence_code,
        alerts.alert_date,
        alerts.alerted_at,
        alerts.known_at
    from alerts
    inner join promises
        on alerts.meter_id = promises.meter_id and alerts.alert_date >= promises.commitment_date
    inner join power_users on alerts.power_user_version_id = power_users.power_user_version_id
    where alerts.alert_type_code = 'over_capacity'

),

-- Within the radius of a shaft there are farms, dwellings and shops too.
supplied as (

    select
        power_users.*,
        sites.site_name as supplied_site_name,
        sites.site_class_code,
        sites.ended_date,
        sites.delivery_sha256 as other_delivery_sha256,
        sites.file_name as other_file_name,
        sites.sheet_name as other_sheet_name,
        sites.row_number as other_row_number,
        sites.valid_from_at as other_valid_from_at,
        context.as_of_date,
        {{ distance_m(
            'power_users.longitude', 'power_users.latitude', 'sites.longitude', 'sites.latitude'
        ) }} as distance_m
    from power_users
    inner join sites
        on power_users.site_id = sites.site_id
    inner join context on sites.ended_date < context.as_of_date
    where
        power_users.is_current
        and power_users.user_state_code = 'normal'
        and power_users.electricity_kind_code not in ('agricultural', 'residential', 'commercial')

),

near as (

    select supplied.*
    from supplied
    inner join rules on rules.rule_code = 'X29'
    where
        supplied.distance_m <= rules.radius_m
        or supplied.match_method_code in ('site_id', 'name')

),

final as (

    {{ contradiction_rows('X07', 'over_promise', dict(account, **{
        'claim_text': "account_text || cast(commitment_date as varchar) || '已书面承诺不超容量用电'",
        'evidence_type': "'power_alert'",
        'evidence_id': 'power_alert_id',
        'signal_id': 'signal_id',
        'evidence_delivery_sha256': 'other_delivery_sha256',
        'evidence_file_name': 'other_file_name',
        'evidence_sheet_name': 'other_sheet_name',
        'evidence_row_number': 'other_row_number',
        'evidence_text': 'alert_text',
        'confidence_code': 'confidence_code',
        'claim_date': 'commitment_date',
        'evidence_date': 'alert_date',
        'evidence_at': 'alerted_at',
        'evidence_known_at': 'known_at',
    })) }}
    union all
    {{ contradiction_rows('X29', 'near', dict(account, **{
        'claim_text': "account_text || '档案状态为正常，在册供电'",
        'evidence_type': "'site'",
        'evidence_id': 'site_id',
        'evidence_delivery_sha256': 'other_delivery_sha256',
        'evidence_file_name': 'other_file_name',
        'evidence_sheet_name': 'other_sheet_name',
        'evidence_row_number': 'other_row_number',
        'evidence_text': "'登记册：所供点位' || supplied_site_name || case when site_class_code = 'licensed_mine'"
            " then '的采矿许可证有效期止于' else '关闭于' end || cast(ended_date as varchar)",
        'confidence_code': "case when match_method_code = 'coordinates' then 'medium' else 'high' end",
        'distance_m': 'distance_m',
        'claim_date': 'cast(greatest(valid_from_at, cast(ended_date as timestamp)) as date)',
        'evidence_date': 'ended_date',
        'evidence_at': 'other_valid_from_at',
    })) }}

)

select * from final
