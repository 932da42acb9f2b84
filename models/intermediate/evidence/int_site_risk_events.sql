with

-- What was refuted or never was more than an unverified picture counts for nothing.
signals as (

    select * from {{ ref('fct_signals') }}
    where confidence_code <> 'low' and place_kind_code in ('site', 'unregistered', 'village')

),

cases as (

    select * from {{ ref('fct_cases') }}
    where discovered_date is not null and coalesce(site_id, unregistered_place_id) is not null

),

alerts as (

    select * from {{ ref('fct_power_alerts') }}
    where
        (
            alert_type_code in ('use_while_stopped', 'use_after_closing')
            or rule_code = 'closed_site_load'
        )
        and check_result_code not in ('normal_production', 'equipment_fault', 'false_alarm')
        and coalesce(site_id, village_code) is not null

),

dark_spells as (

    select * from {{ ref('fct_camera_dark_spells') }}

),

views as (

    select * from {{ ref('fct_camera_views') }}
    where is_visible

),

-- What a camera may have been darkened for is what it sees, not only what it stands at.
darkened as (

    select
        dark_spells.camera_dark_spell_id,
        dark_spells.first_night_date,
        dark_spells.last_night_date,
        dark_spells.site_id
    from dark_spells
    where dark_spells.site_id is not null
    union
    select
        dark_spells.camera_dark_spell_id,
        dark_spells.first_night_date,
        dark_spells.last_night_date,
        views.site_id
    from dark_spells
    inner join views on dark_spells.camera_id = views.camera_id

),

patrol_rules as (

    select distinct rule_code
    from {{ ref('obligation_rules') }}
    where family_code = 'patrols'

),

obligations as (

    select obligations.*
    from {{ ref('fct_obligations') }} as obligations
    inner join patrol_rules on obligations.rule_code = patrol_rules.rule_code
    where obligations.status in ('overdue', 'no_report', 'met_late')

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

-- A round of the village that was not walked is missing at each of its sites.
missed as (

    select
        obligations.obligation_id,
        sites.site_id,
        obligations.due_date,
        obligations.due_at,
        obligations.fulfilled_at
    from obligations
    inner join sites on obligations.subject_id = sites.site_id
    where obligations.subject_type = 'site'
    union all
    select
        obligations.obligation_id,
        sites.site_id,
        obligations.due_date,
        obligations.due_at,
        obligations.fulfilled_at
    from obligations
    inner join sites on obligations.subject_id = sites.village_code
    where obligations.subject_type = 'village'

),

final as (

    {% for
        factor_code, relation, evidence_type, evidence_id, place_id, started_at, last_date, until_at
    in [
        ('recent_signals', 'signals', 'evidence_type', 'evidence_id', 'place_id',
            'started_at', 'cast(ended_at as date)', 'null'),
        ('confirmed_digging', "signals where verdict_code = 'confirmed'", 'evidence_type', 'evidence_id', 'place_id',
            'coalesce(verified_at, started_at)', 'cast(coalesce(verified_at, started_at) as date)', 'null'),
        ('confirmed_digging', 'cases', "'case'", 'case_id', 'coalesce(site_id, unregistered_place_id)',
            'discovered_date', 'discovered_date', 'null'),
        ('repeated_clues', "signals where evidence_type = 'clue'", 'evidence_type', 'evidence_id', 'place_id',
            'started_at', 'signal_date', 'null'),
        ('closed_account_load', 'alerts', "'power_alert'", 'power_alert_id', 'coalesce(site_id, village_code)',
            'alert_date', 'coalesce(last_date, alert_date)', 'null'),
        ('camera_dark', 'darkened', "'camera_dark_spell'", 'camera_dark_spell_id', 'site_id',
            'first_night_date', 'last_night_date', 'null'),
        ('overdue_patrols', 'missed', "'obligation'", 'obligation_id', 'site_id',
            'due_at', 'due_date', 'fulfilled_at'),
    ] -%}
    select
        '{{ factor_code }}' as factor_code,
        {{ place_id }} as place_id,
        {{ evidence_type }} as evidence_type,
        {{ evidence_id }} as evidence_id,
        {{ last_date }} as last_date,
        cast({{ started_at }} as timestamp) as started_at,
        cast({{ until_at }} as timestamp) as until_at
    from {{ relation }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

)

select * from final
