{%- set shared = [
    'evidence_type', 'evidence_id', 'evidence_code', 'evidence_delivery_sha256', 'site_id',
    'unregistered_place_id', 'township_code', 'village_code', 'confidence_code', 'evidence_file_name',
    'evidence_sheet_name', 'evidence_text', 'evidence_row_number', 'evidence_date', 'started_at', 'ended_at',
    'evidence_known_at',
] -%}

with

signals as (

    select * from {{ ref('int_contradictions_signals') }}

),

deliveries as (

    select
        delivery_sha256,
        received_at
    from {{ ref('fct_deliveries') }}

),

cases as (

    select
        'case' as evidence_type,
        cases.case_id as evidence_id,
        -- Who investigated says since when; else a case tells of some weeks before its discovery.
        case when cases.act_date <= cases.discovered_date then 'case_dated' else 'case' end
            as evidence_code,
        cases.delivery_sha256 as evidence_delivery_sha256,
        cases.site_id,
        cases.unregistered_place_id,
        cases.township_code,
        cases.village_code,
        'high' as confidence_code,
        cases.file_name as evidence_file_name,
        cases.sheet_name as evidence_sheet_name,
        cast(cases.discovered_date as varchar) || '发现' || cases.case_type_name || '案件'
        || case
            when cases.act_date <= cases.discovered_date
                then '，行为发生日期' || cast(cases.act_date as varchar)
            else ''
        end as evidence_text,
        cases.row_number as evidence_row_number,
        cases.discovered_date as evidence_date,
        cast(
            case
                when cases.act_date <= cases.discovered_date
                    then greatest(
                        cases.act_date,
                        cases.discovered_date - cast({{ setting('case_span_days_max') }} as integer)
                    )
                else cases.discovered_date
            end as timestamp
        ) as started_at,
        cast(cases.discovered_date as timestamp) as ended_at,
        coalesce(deliveries.received_at, cast(cases.discovered_date as timestamp))
            as evidence_known_at
    from {{ ref('fct_cases') }} as cases
    left join deliveries on cases.delivery_sha256 = deliveries.delivery_sha256
    where cases.discovered_date is not null

),

final as (

    select
        signal_id,
        {{ shared | join(',\n        ') }}
    from signals
    union all
    select
        cast(null as varchar) as signal_id,
        {{ shared | join(',\n        ') }}
    from cases

)

select * from final
