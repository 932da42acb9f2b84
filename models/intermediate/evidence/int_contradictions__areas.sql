{%- set signal = {
    'claim_delivery_sha256': 'claim_delivery_sha256', 'claim_file_name': 'claim_file_name',
    'claim_sheet_name': 'claim_sheet_name', 'claim_row_number': 'claim_row_number',
    'township_code': 'township_code', 'village_code': 'village_code', 'site_id': 'site_id',
    'unregistered_place_id': 'unregistered_place_id', 'evidence_type': 'evidence_type',
    'evidence_id': 'evidence_id', 'signal_id': 'signal_id',
    'evidence_delivery_sha256': 'delivery_sha256', 'evidence_file_name': 'file_name',
    'evidence_sheet_name': 'sheet_name', 'evidence_row_number': 'row_number',
    'evidence_text': 'evidence_text', 'confidence_code': 'confidence_code',
    'distance_m': 'shown_distance_m', 'hours_between': 'hours_between', 'claim_date': 'claim_date',
    'evidence_date': 'evidence_date', 'claimed_at': 'claimed_at', 'evidence_at': 'evidence_at',
    'evidence_known_at': 'known_at',
} -%}

with

rules as (

    select * from {{ ref('contradiction_rules') }}

),

told as (

    select * from {{ ref('int_contradictions_located') }}

),

patches as (

    select
        'X19' as rule_code,
        patch_id as claim_id,
        delivery_sha256 as claim_delivery_sha256,
        file_name as claim_file_name,
        sheet_name as claim_sheet_name,
        row_number as claim_row_number,
        township_code,
        cast(null as varchar) as village_code,
        site_id,
        unregistered_place_id,
        '图斑' || patch_id || '填报结论为' || conclusion_name as claim_text,
        longitude,
        latitude,
        issued_date as claim_date,
        cast(coalesce(reported_date, issued_date) as timestamp) as claimed_at,
        issued_date as from_date,
        issued_date as until_date
    from {{ ref('fct_patches') }}
    where conclusion_code in ('legal', 'pseudo')

),

projects as (

    select
        'X22' as rule_code,
        project_id as claim_id,
        delivery_sha256 as claim_delivery_sha256,
        file_name as claim_file_name,
        sheet_name as claim_sheet_name,
        row_number as claim_row_number,
        township_code,
        village_code,
        cast(null as varchar) as site_id,
        cast(null as varchar) as unregistered_place_id,
        '工程' || project_id || '（' || coalesce(project_kind_name || '，', '')
        || cast(start_date as varchar) || coalesce('至' || cast(end_date as varchar), '') || '）'
        || case when is_publicised then '已公示' else '未公示' end
        || case when has_named_supervisor then '、已明确监管责任人' else '、未明确监管责任人' end
            as claim_text,
        longitude,
        latitude,
        start_date as claim_date,
        cast(start_date as timestamp) as claimed_at,
        start_date as from_date,
        coalesce(end_date, date '9999-12-31') as until_date
    from {{ ref('dim_projects') }}
    where start_date is not null

),

claims as (

    select * from patches
    union all
    select * from projects

),

near as (

    select
        claims.*,
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
        told.known_at,
        {{ distance_m(
            'claims.longitude', 'claims.latitude', 'told.longitude', 'told.latitude'
        ) }} as distance_m,
        rules.radius_m,
        greatest(
            {{ seconds_between(
                'told.evidence_at', 'cast(claims.from_date as timestamp)'
            ) }},
            {{ seconds_between(
                'cast(claims.until_date as timestamp)', 'cast(told.evidence_date as timestamp)'
            ) }},
            0
        ) / 3600e0 as hours_between,
        rules.window_days * 24 as hours_max
    from claims
    inner join rules on claims.rule_code = rules.rule_code
    inner join told on claims.township_code = told.township_code
    -- An image is no evidence against what was said of an image.
    where claims.rule_code = 'X22' or told.evidence_type <> 'patch'

),

-- How far away a clue says it was is not told.
within as (

    select
        *,
        case when evidence_type <> 'clue' then round(distance_m, 1) end as shown_distance_m
    from near
    where distance_m <= radius_m and hours_between <= hours_max

),

final as (

    {% for rule_code, claim_type in [('X19', 'patch'), ('X22', 'project')] -%}
    {%- set relation = "within where rule_code = '" ~ rule_code ~ "'" %}
    {{ contradiction_rows(rule_code, relation, dict(signal, **{
        'claim_type': "'" ~ claim_type ~ "'",
        'claim_id': 'claim_id',
        'claim_text': 'claim_text',
    })) }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

)

select * from final
