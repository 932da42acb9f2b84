{%- set site = {
    'claim_type': "'site'", 'claim_id': 'site_id', 'claim_delivery_sha256': 'claim_delivery_sha256',
    'claim_file_name': 'claim_file_name', 'claim_sheet_name': 'claim_sheet_name',
    'claim_row_number': 'claim_row_number', 'township_code': 'township_code',
    'village_code': 'village_code', 'site_id': 'site_id', 'evidence_type': 'evidence_type',
    'evidence_id': 'evidence_id', 'signal_id': 'signal_id',
    'evidence_delivery_sha256': 'delivery_sha256', 'evidence_file_name': 'file_name',
    'evidence_sheet_name': 'sheet_name', 'evidence_row_number': 'row_number',
    'evidence_text': 'evidence_text', 'confidence_code': 'confidence_code', 'hours_between': '0',
    'claim_date': 'claim_date', 'evidence_date': 'evidence_date', 'claimed_at': 'valid_from_at',
    'evidence_at': 'evidence_at', 'evidence_known_at': 'known_at',
} -%}

with

-- An inspection asks for plates and fences as much as for pits, and load that falls is no work.
signals as (

    select * from {{ ref('fct_signals') }}
    where
        site_id is not null and confidence_code <> 'low'
        and evidence_type not in ('power_alert', 'inspection')

),

alerts as (

    select * from {{ ref('int_contradictions_power_alerts') }}
    where site_id is not null and alert_type_code <> 'energy_drop'

),

told as (

    select
        site_id,
        evidence_type,
        evidence_id,
        signal_id,
        delivery_sha256,
        file_name,
        sheet_name,
        row_number,
        {{ signal_text('signals') }} as evidence_text,
        confidence_code,
        'sign' as alert_rule_code,
        signal_date as evidence_date,
        started_at as evidence_at,
        ended_at as known_at
    from signals
    union all
    select
        site_id,
        'power_alert' as evidence_type,
        power_alert_id as evidence_id,
        signal_id,
        delivery_sha256,
        file_name,
        sheet_name,
        row_number,
        alert_text as evidence_text,
        confidence_code,
        alert_rule_code,
        alert_date as evidence_date,
        alerted_at as evidence_at,
        known_at
    from alerts

),

-- The register as it stood when the signal came.
sites as (

    select
        site_id,
        township_code,
        village_code,
        site_name,
        production_state_name,
        delivery_sha256 as claim_delivery_sha256,
        file_name as claim_file_name,
        sheet_name as claim_sheet_name,
        row_number as claim_row_number,
        case
            when site_class_code = 'closed_shaft' then coalesce(closed_date, registered_date)
            else coalesce(deregistered_date, closed_date)
        end as ended_date,
        coalesce(production_state_name like '%停%', false) as is_stopped,
        cast(valid_from_at as date) as valid_from_date,
        valid_from_at,
        coalesce(valid_to_at, timestamp '9999-12-31 00:00:00') as valid_until_at
    from {{ ref('dim_sites') }}

),

joined as (

    select
        sites.*,
        told.evidence_type,
        told.evidence_id,
        told.signal_id,
        told.delivery_sha256,
        told.file_name,
        told.sheet_name,
        told.row_number,
        told.evidence_text,
        told.confidence_code,
        told.alert_rule_code,
        told.evidence_date,
        told.evidence_at,
        told.known_at,
        greatest(sites.valid_from_date, coalesce(sites.ended_date, sites.valid_from_date))
            as claim_date
    from told
    inner join sites
        on
            told.site_id = sites.site_id
            and told.evidence_at >= sites.valid_from_at
            and told.evidence_at < sites.valid_until_at

),

closed as (

    select * from joined
    where ended_date < evidence_date

),

stopped as (

    select * from joined
    where is_stopped and alert_rule_code in ('night_share', 'level_shift', 'over_capacity')

),

final as (

    {{ contradiction_rows('X02', 'closed', dict(site, **{
        'claim_text': "'登记册：' || site_name || '已于' || cast(ended_date as varchar) || '关闭或销号'",
    })) }}
    union all
    {{ contradiction_rows('X05', 'stopped', dict(site, **{
        'claim_text': "'登记册：' || site_name || '生产状态为' || production_state_name",
    })) }}

)

select * from final
