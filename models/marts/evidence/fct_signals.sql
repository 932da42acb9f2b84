with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

-- What a ledger says again word for word is the line it repeats.
patrols as (

    select * from {{ ref('fct_patrols') }}
    where has_finding and not is_carried_over

),

video_spells as (

    select * from {{ ref('fct_video_spells') }}

),

power_alerts as (

    select * from {{ ref('fct_power_alerts') }}
    where source_code = 'company'

),

-- What a rule of ours says of the contract alone is no lead on digging.
load_alerts as (

    select
        alerts.*,
        rules.signal_confidence_code
    from {{ ref('fct_power_alerts') }} as alerts
    inner join {{ ref('power_alert_rules') }} as rules on alerts.rule_code = rules.rule_code
    where alerts.source_code = 'derived' and rules.signal_confidence_code is not null

),

camera_dark_spells as (

    select * from {{ ref('fct_camera_dark_spells') }}

),

clues as (

    select * from {{ ref('fct_clues') }}

),

patches as (

    select * from {{ ref('fct_patches') }}

),

agency_checks as (

    select * from {{ ref('fct_agency_checks') }}
    where has_finding

),

inspections as (

    select * from {{ ref('fct_inspections') }}
    where has_problem and site_id is not null

),

enterprise_reports as (

    select * from {{ ref('fct_enterprise_reports') }}

),

explanations as (

    select distinct object_id
    from {{ ref('fct_explanations') }}
    where is_answered

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

sources as (

    select * from {{ ref('signal_sources') }}

),

leads as (

    {% for source_code, relation, evidence_type, given in [
        ('patrol', 'patrols', 'patrol', {
            'id': 'patrol_id', 'place': 'unregistered_place_id', 'village': 'village_code',
            'longitude': 'longitude', 'latitude': 'latitude', 'file': 'file_name', 'sheet': 'sheet_name',
            'started_at': 'coalesce(arrived_at, cast(patrol_date as timestamp))',
        }),
        ('video', 'video_spells', 'video_event', {
            'id': 'video_event_id', 'village': 'village_code', 'case': 'case_id',
            'verdict': 'verdict_code', 'count': 'event_count',
            'longitude': 'longitude', 'latitude': 'latitude', 'file': 'file_name', 'sheet': 'sheet_name',
            'confidence': "case when is_repeated then 'medium' end",
            'started_at': 'started_at', 'ended_at': 'ended_at', 'verified_at': 'first_verified_at',
        }),
        ('power', 'power_alerts', 'power_alert', {
            'id': 'power_alert_id', 'village': 'village_code',
            'verdict': "case when check_result_code = 'confirmed' then 'confirmed'"
                " when check_result_code in ('normal_production', 'equipment_fault', 'false_alarm')"
                " then 'refuted' else 'none' end",
            'file': 'file_name', 'sheet': 'sheet_name',
            'started_at': 'coalesce(alerted_at, cast(alert_date as timestamp))', 'verified_at': 'checked_at',
        }),
        ('load_curve', 'load_alerts', 'power_alert', {
            'id': 'power_alert_id', 'village': 'village_code', 'file': 'file_name',
            'confidence': 'signal_confidence_code',
            'started_at': 'cast(alert_date as timestamp)', 'ended_at': 'cast(last_date as timestamp)',
        }),
        ('camera_dark', 'camera_dark_spells', 'camera_dark_spell', {
            'id': 'camera_dark_spell_id', 'village': 'village_code', 'count': 'night_count',
            'longitude': 'longitude', 'latitude': 'latitude', 'file': 'file_name', 'sheet': 'sheet_name',
            'started_at': 'cast(first_night_date as timestamp)',
            'ended_at': 'cast(last_night_date as timestamp)',
        }),
        ('clue', 'clues', 'clue', {
            'id': 'clue_id', 'village': 'village_code', 'case': 'case_id',
            'verdict': "case when is_confirmed then 'confirmed' when result_code = 'unfounded' then 'refuted'"
                " else 'none' end",
            'again': 'is_reported_again',
            'started_at': 'coalesce(received_at, cast(received_date as timestamp))',
            'verified_at': 'verified_at',
        }),
        ('patch', 'patches', 'patch', {
            'id': 'patch_id', 'place': 'unregistered_place_id', 'case': 'case_id',
            'verdict': "case when conclusion_code = 'illegal' then 'confirmed'"
                " when conclusion_code in ('legal', 'pseudo') then 'refuted' else 'none' end",
            'longitude': 'longitude', 'latitude': 'latitude', 'file': 'file_name', 'sheet': 'sheet_name',
            'started_at': 'cast(issued_date as timestamp)', 'verified_at': 'cast(reported_date as timestamp)',
        }),
        ('agency_check', 'agency_checks', 'agency_check', {
            'id': 'agency_check_id', 'file': 'file_name', 'sheet': 'sheet_name',
            'started_at': 'cast(check_date as timestamp)',
        }),
        ('inspection', 'inspections', 'inspection', {
            'id': 'inspection_id', 'file': 'file_name', 'sheet': 'sheet_name',
            'started_at': 'cast(inspection_date as timestamp)',
        }),
        ('enterprise_report', 'enterprise_reports', 'enterprise_report', {
            'id': 'report_id', 'case': 'case_id', 'longitude': 'longitude', 'latitude': 'latitude',
            'file': 'file_name', 'sheet': 'sheet_name', 'started_at': 'reported_at',
        }),
    ] -%}
    {%- set nothing = 'cast(null as varchar)' -%}
    select
        '{{ source_code }}' as source_code,
        '{{ evidence_type }}' as evidence_type,
        {{ given.id }} as evidence_id,
        delivery_sha256,
        site_id,
        {{ given.place | default(nothing) }} as unregistered_place_id,
        township_code,
        {{ given.village | default(nothing) }} as village_code,
        {{ given.case | default(nothing) }} as case_id,
        {{ given.verdict | default("'none'") }} as verdict_code,
        cast({{ given.confidence | default('null') }} as varchar) as confidence_code,
        {{ given.file | default(nothing) }} as file_name,
        {{ given.sheet | default(nothing) }} as sheet_name,
        row_number,
        cast({{ given.count | default(1) }} as bigint) as repeat_count,
        cast({{ given.longitude | default('null') }} as double) as longitude,
        cast({{ given.latitude | default('null') }} as double) as latitude,
        {{ given.again | default('false') }} as is_reported_again,
        {{ given.started_at }} as started_at,
        {{ given.ended_at | default(given.started_at) }} as ended_at,
        cast({{ given.verified_at | default('null') }} as timestamp) as verified_at
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

-- What was found to be nothing is settled, unless it was told again since or another kind of
-- source tells of the same site at that time. Neighbours of a licensed mine complain of noise and
-- dust whatever the answer, and its load and lorries are its business: there nothing is doubted.
settled as (

    select
        leads.evidence_type,
        leads.evidence_id,
        leads.source_code,
        leads.site_id,
        leads.is_reported_again,
        leads.started_at,
        leads.ended_at
    from leads
    inner join sites on leads.site_id = sites.site_id
    where
        leads.verdict_code = 'refuted'
        and leads.source_code <> 'video'
        and sites.site_class_code <> 'licensed_mine'

),

doubted as (

    select
        evidence_type,
        evidence_id
    from settled
    where is_reported_again
    union
    select
        settled.evidence_type,
        settled.evidence_id
    from settled
    inner join leads as others
        on settled.site_id = others.site_id and settled.source_code <> others.source_code
    where
        others.source_code <> 'video'
        and {{ seconds_between('settled.ended_at', 'others.started_at') }}
        <= {{ setting('incident_gap_days') }} * 86400
        and {{ seconds_between('others.ended_at', 'settled.started_at') }}
        <= {{ setting('incident_gap_days') }} * 86400

),

final as (

    select
        {{ hash_id(['leads.evidence_type', 'leads.evidence_id']) }} as signal_id,
        leads.source_code,
        leads.evidence_type,
        leads.evidence_id,
        leads.delivery_sha256,
        -- A site, else a place nobody registered, else the village or township that is named.
        case
            when leads.site_id is not null then 'site'
            when leads.unregistered_place_id is not null then 'unregistered'
            when leads.village_code is not null then 'village'
            when leads.township_code is not null then 'township'
            else 'unknown'
        end as place_kind_code,
        coalesce(
            leads.site_id, leads.unregistered_place_id, leads.village_code, leads.township_code
        ) as place_id,
        leads.site_id,
        leads.unregistered_place_id,
        coalesce(leads.township_code, sites.township_code) as township_code,
        leads.village_code,
        leads.case_id,
        leads.verdict_code,
        sources.gravity_code,
        -- What was looked at is as sure as what was found; what was not, as sure as its source.
        case
            when leads.verdict_code = 'confirmed' then 'high'
            when leads.verdict_code = 'refuted' and doubted.evidence_id is null then 'low'
            when doubted.evidence_id is not null then 'medium'
            when leads.confidence_code is not null then leads.confidence_code
            when sites.site_class_code = 'licensed_mine' then sources.licensed_confidence_code
            else sources.confidence_code
        end as confidence_code,
        sources.source_name,
        sites.site_name,
        townships.township_name,
        villages.village_name,
        leads.file_name,
        leads.sheet_name,
        leads.row_number,
        leads.repeat_count,
        coalesce(leads.longitude, sites.longitude) as longitude,
        coalesce(leads.latitude, sites.latitude) as latitude,
        leads.case_id is not null as has_case,
        explanations.object_id is not null as has_reason,
        leads.verdict_code = 'confirmed'
        and leads.case_id is null
        and explanations.object_id is null as is_unanswered,
        leads.verdict_code = 'refuted' and doubted.evidence_id is null as is_dismissed,
        cast(leads.started_at as date) as signal_date,
        leads.started_at,
        leads.ended_at,
        leads.verified_at
    from leads
    inner join sources on leads.source_code = sources.source_code
    inner join context on cast(leads.started_at as date) <= context.as_of_date
    left join doubted
        on
            leads.evidence_type = doubted.evidence_type
            and leads.evidence_id = doubted.evidence_id
    left join explanations on leads.evidence_id = explanations.object_id
    left join sites on leads.site_id = sites.site_id
    left join townships
        on coalesce(leads.township_code, sites.township_code) = townships.township_code
    left join villages on leads.village_code = villages.village_code

)

select * from final
