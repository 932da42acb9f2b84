{%- set site = {
    'claim_type': "'site'", 'claim_delivery_sha256': 'claim_delivery_sha256',
    'claim_file_name': 'claim_file_name', 'claim_sheet_name': 'claim_sheet_name',
    'claim_row_number': 'claim_row_number', 'township_code': 'township_code',
    'village_code': 'village_code', 'site_id': 'site_id', 'evidence_type': 'evidence_type',
    'evidence_id': 'evidence_id', 'signal_id': 'signal_id',
    'evidence_delivery_sha256': 'delivery_sha256', 'evidence_file_name': 'file_name',
    'evidence_sheet_name': 'sheet_name', 'evidence_row_number': 'row_number',
    'evidence_text': 'evidence_text', 'confidence_code': 'confidence_code', 'hours_between': '0',
    'claim_date': 'claim_date', 'evidence_date': 'evidence_date', 'claimed_at': 'claimed_at',
    'evidence_at': 'evidence_at', 'evidence_known_at': 'known_at',
} -%}
{%- set told_columns -%}
        told.evidence_type,
        told.evidence_id,
        told.signal_id,
        told.delivery_sha256,
        told.file_name,
        told.sheet_name,
        told.row_number,
        told.evidence_text,
        told.confidence_code,
        told.evidence_date,
        told.evidence_at,
        told.known_at
{%- endset %}

with

-- An inspection asks for plates and fences as much as for pits.
signals as (

    select * from {{ ref('int_contradictions_signals') }}
    where
        site_id is not null and confidence_code <> 'low'
        and evidence_type not in ('power_alert', 'inspection')

),

-- Load that falls is no work.
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
        evidence_delivery_sha256 as delivery_sha256,
        evidence_file_name as file_name,
        evidence_sheet_name as sheet_name,
        evidence_row_number as row_number,
        evidence_text,
        confidence_code,
        cast(null as varchar) as alert_rule_code,
        evidence_date,
        started_at as evidence_at,
        evidence_known_at as known_at
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

sites as (

    select
        site_id,
        site_version_id,
        township_code,
        village_code,
        site_name,
        production_state_name,
        delivery_sha256 as claim_delivery_sha256,
        file_name as claim_file_name,
        sheet_name as claim_sheet_name,
        row_number as claim_row_number,
        is_current,
        case
            when site_class_code = 'closed_shaft' then coalesce(closed_date, registered_date)
            else coalesce(deregistered_date, closed_date)
        end as ended_date,
        registered_date,
        valid_from_at,
        coalesce(valid_to_at, timestamp '9999-12-31 00:00:00') as valid_until_at
    from {{ ref('dim_sites') }}

),

-- A closing is told again with every register; it was first told with the first that had it.
ended as (

    select
        *,
        greatest(ended_date, coalesce(registered_date, ended_date)) as claim_date,
        min(valid_from_at) over (partition by site_id, ended_date) as claimed_at
    from sites
    where ended_date is not null

),

closed as (

    select
        ended.*,
        {{ told_columns }}
    from told
    inner join ended
        on told.site_id = ended.site_id and told.evidence_date > ended.ended_date
    where ended.is_current

),

-- Whether a mine works changes: the entry that held when the load came counts.
stopped as (

    select
        sites.*,
        sites.valid_from_at as claimed_at,
        cast(sites.valid_from_at as date) as claim_date,
        {{ told_columns }}
    from told
    inner join sites
        on
            told.site_id = sites.site_id
            and told.evidence_at >= sites.valid_from_at
            and told.evidence_at < sites.valid_until_at
    where
        sites.production_state_name like '%停%'
        and told.alert_rule_code in ('night_share', 'level_shift', 'over_capacity')

),

final as (

    {{ contradiction_rows('X02', 'closed', dict(site, **{
        'claim_id': 'site_id',
        'claim_text': "'登记册：' || site_name || '已于' || cast(ended_date as varchar) || '关闭或销号'",
    })) }}
    union all
    {{ contradiction_rows('X05', 'stopped', dict(site, **{
        'claim_id': 'site_version_id',
        'claim_text': "'登记册：' || site_name || '生产状态为' || production_state_name",
    })) }}

)

select * from final
