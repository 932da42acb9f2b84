{%- set line = {
    'claim_type': "'patrol'", 'claim_id': 'patrol_id', 'claim_delivery_sha256': 'delivery_sha256',
    'claim_file_name': 'file_name', 'claim_sheet_name': 'sheet_name', 'claim_row_number': 'row_number',
    'claim_unit_code': 'reporting_unit_code', 'township_code': 'township_code',
    'village_code': 'village_code', 'site_id': 'site_id',
    'unregistered_place_id': 'unregistered_place_id', 'distance_m': 'distance_m',
    'claim_date': 'claim_date', 'claimed_at': 'reported_at',
} -%}

with

rules as (

    select * from {{ ref('contradiction_rules') }}

),

ledger as (

    select * from {{ ref('stg_patrol_ledger') }}

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

patrols as (

    select
        patrols.*,
        coalesce(patrols.patrol_date, cast(patrols.reported_at as date)) as claim_date,
        coalesce(patrols.reporting_unit_name, '') || '台账：' as unit_text,
        coalesce(patrols.site_name, patrols.village_name, patrols.township_name, '') as place_text,
        -- Who is not told apart by name may be several people of one unit, who each go their way.
        coalesce(patrols.reporting_unit_code, patrols.reporting_unit_name, patrols.form_id)
        || '|' || ledger.patroller_text as patroller_key
    from {{ ref('fct_patrols') }} as patrols
    inner join ledger on patrols.patrol_id = ledger.patrol_id

),

boundary as (

    select
        min(delivery_sha256) as delivery_sha256,
        min(file_name) as file_name
    from {{ ref('stg_boundary') }}

),

visits as (

    select
        *,
        lag(patrol_id) over (
            partition by patroller_key, cast(arrived_at as date) order by arrived_at, patrol_id
        ) as other_patrol_id
    from patrols
    where
        arrived_at is not null and arrived_at <> date_trunc('day', arrived_at)
        and patroller_key is not null and longitude is not null and latitude is not null

),

measured as (

    select
        visits.*,
        others.delivery_sha256 as other_delivery_sha256,
        others.file_name as other_file_name,
        others.sheet_name as other_sheet_name,
        others.row_number as other_row_number,
        others.place_text as other_place_text,
        others.patrol_date as other_date,
        others.arrived_at as other_arrived_at,
        others.reported_at as other_reported_at,
        {{ seconds_between('others.arrived_at', 'visits.arrived_at') }} as seconds_apart,
        {{ distance_m(
            'visits.longitude', 'visits.latitude', 'others.longitude', 'others.latitude'
        ) }} as distance_m
    from visits
    inner join visits as others on visits.other_patrol_id = others.patrol_id

),

-- As the crow flies: a road is longer, so nobody was faster than this says.
too_fast as (

    select measured.*
    from measured
    inner join rules
        on
            rules.rule_code = 'X12'
            and measured.distance_m >= rules.radius_m
            and measured.distance_m / 1000 * 3600 > rules.speed_kmh_max * measured.seconds_apart

),

far_away as (

    select
        patrols.*,
        cast(patrols.match_distance_m as double) as distance_m,
        sites.delivery_sha256 as other_delivery_sha256,
        sites.file_name as other_file_name,
        sites.sheet_name as other_sheet_name,
        sites.row_number as other_row_number,
        sites.valid_from_at as other_valid_from_at
    from patrols
    inner join sites on patrols.site_id = sites.site_id
    inner join rules on rules.rule_code = 'X13' and patrols.match_distance_m >= rules.radius_m
    where patrols.match_method_code in ('site_id', 'name')

),

outside as (

    select
        patrols.*,
        boundary.delivery_sha256 as other_delivery_sha256,
        boundary.file_name as other_file_name
    from {{ ref('int_contradictions_points_outside') }} as points
    inner join patrols on points.patrol_id = patrols.patrol_id
    cross join boundary

),

final as (

    {{ contradiction_rows('X12', 'too_fast', dict(line, **{
        'claim_text': "unit_text || cast(arrived_at as varchar) || '到达' || place_text",
        'evidence_type': "'patrol'",
        'evidence_id': 'other_patrol_id',
        'evidence_delivery_sha256': 'other_delivery_sha256',
        'evidence_file_name': 'other_file_name',
        'evidence_sheet_name': 'other_sheet_name',
        'evidence_row_number': 'other_row_number',
        'evidence_text': "'同一巡查人员' || cast(other_arrived_at as varchar) || '到达' || other_place_text"
            " || '，两地直线距离' || cast(round(distance_m / 1000, 1) as decimal(10, 1)) || '公里，相隔'"
            " || cast(cast(floor(seconds_apart / 60) as bigint) as varchar) || '分钟'",
        'confidence_code': "'medium'",
        'hours_between': 'seconds_apart / 3600e0',
        'evidence_date': 'other_date',
        'evidence_at': 'other_arrived_at',
        'evidence_known_at': 'other_reported_at',
    })) }}
    union all
    {{ contradiction_rows('X13', 'far_away', dict(line, **{
        'claim_text': "unit_text || cast(claim_date as varchar) || '巡查' || place_text || '，填有坐标'",
        'evidence_type': "'site'",
        'evidence_id': 'site_id',
        'evidence_delivery_sha256': 'other_delivery_sha256',
        'evidence_file_name': 'other_file_name',
        'evidence_sheet_name': 'other_sheet_name',
        'evidence_row_number': 'other_row_number',
        'evidence_text': "'所填坐标距登记册中的' || place_text || cast(cast(round(distance_m) as bigint) as varchar)"
            " || '米'",
        'confidence_code': "'medium'",
        'hours_between': '0',
        'evidence_date': 'claim_date',
        'evidence_at': 'other_valid_from_at',
    })) }}
    union all
    {{ contradiction_rows('X13', 'outside', dict(line, **{
        'claim_text': "unit_text || cast(claim_date as varchar) || '巡查' || place_text || '，填有坐标'",
        'distance_m': 'null',
        'evidence_type': "'boundary'",
        'evidence_id': 'other_delivery_sha256',
        'evidence_delivery_sha256': 'other_delivery_sha256',
        'evidence_file_name': 'other_file_name',
        'evidence_text': "'所填坐标在县界以外'",
        'confidence_code': "'medium'",
        'hours_between': '0',
        'evidence_date': 'claim_date',
        'evidence_at': 'cast(claim_date as timestamp)',
    })) }}

)

select * from final
