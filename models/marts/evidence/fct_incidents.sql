with

signals as (

    select
        members.incident_id,
        members.is_first,
        signals.*
    from {{ ref('fct_incident_signals') }} as members
    inner join {{ ref('fct_signals') }} as signals on members.signal_id = signals.signal_id

),

explanations as (

    select distinct object_id
    from {{ ref('fct_explanations') }}
    where is_answered

),

cases as (

    select
        *,
        coalesce(site_id, unregistered_place_id) as place_id,
        cast(discovered_date as timestamp) as discovered_at
    from {{ ref('fct_cases') }}

),

gathered as (

    select
        signals.incident_id,
        min(signals.place_kind_code) as place_kind_code,
        min(signals.place_id) as place_id,
        min(signals.site_id) as site_id,
        min(case when signals.is_first then signals.township_code end) as township_code,
        min(case when signals.is_first then signals.village_code end) as village_code,
        min(case when signals.is_first then signals.source_code end) as first_source_code,
        min(case when signals.is_first then signals.source_name end) as first_source_name,
        min(signals.site_name) as site_name,
        min(case when signals.is_first then signals.township_name end) as township_name,
        min(case when signals.is_first then signals.village_name end) as village_name,
        count(*) as signal_count,
        cast(sum(signals.repeat_count) as bigint) as repeat_count,
        count(distinct signals.source_code) as source_count,
        cast(sum(case when signals.verdict_code = 'confirmed' then 1 else 0 end) as bigint)
            as confirmed_count,
        cast(sum(case when signals.gravity_code = 'high' then 1 else 0 end) as bigint)
            as grave_count,
        cast(sum(case when signals.confidence_code <> 'low' then 1 else 0 end) as bigint)
            as credible_count,
        count(distinct case when signals.confidence_code <> 'low' then signals.source_code end)
            as credible_source_count,
        min(signals.longitude) as longitude,
        min(signals.latitude) as latitude,
        max(
            case when signals.has_reason or explanations.object_id is not null then 1 else 0 end
        ) as reason_count,
        min(signals.started_at) as started_at,
        max(signals.ended_at) as ended_at,
        min(signals.verified_at) as first_verified_at
    from signals
    left join explanations on signals.signal_id = explanations.object_id
    group by signals.incident_id

),

-- A case that a signal names is its own; one that was discovered at the place while it went on, or
-- within the gap before or after, answers it as well.
linked as (

    select
        signals.incident_id,
        cases.case_id,
        1 as link_rank
    from signals
    inner join cases on signals.case_id = cases.case_id
    union all
    select
        gathered.incident_id,
        cases.case_id,
        2 as link_rank
    from gathered
    inner join cases
        on
            gathered.place_id = cases.place_id
            and {{ seconds_between('gathered.started_at', 'cases.discovered_at') }}
            >= -{{ setting('incident_gap_days') }} * 86400
            and {{ seconds_between('gathered.ended_at', 'cases.discovered_at') }}
            <= {{ setting('incident_gap_days') }} * 86400

),

answered as (

    select
        linked.incident_id,
        linked.link_rank,
        cases.case_id,
        cases.filed_at,
        cases.closed_at
    from linked
    inner join cases on linked.case_id = cases.case_id
    qualify row_number() over (
        partition by linked.incident_id
        order by linked.link_rank, cases.discovered_date, cases.case_id
    ) = 1

),

final as (

    select
        gathered.incident_id,
        gathered.place_kind_code,
        gathered.place_id,
        gathered.site_id,
        gathered.township_code,
        gathered.village_code,
        gathered.first_source_code,
        answered.case_id,
        case answered.link_rank when 1 then 'named' when 2 then 'place' else 'none' end
            as case_link_code,
        {{ incident_confidence('gathered') }} as confidence_code,
        case when gathered.grave_count > 0 then 'high' else 'medium' end as gravity_code,
        gathered.first_source_name,
        gathered.site_name,
        gathered.township_name,
        gathered.village_name,
        gathered.signal_count,
        gathered.repeat_count,
        gathered.source_count,
        gathered.credible_count,
        gathered.credible_source_count,
        gathered.confirmed_count,
        {{ days_between('gathered.started_at', 'gathered.first_verified_at') }}
            as days_to_verification,
        {{ days_between('gathered.started_at', 'answered.filed_at') }} as days_to_filing,
        {{ days_between('gathered.started_at', 'answered.closed_at') }} as days_to_closing,
        gathered.longitude,
        gathered.latitude,
        gathered.confirmed_count > 0 as is_confirmed,
        answered.case_id is not null as has_case,
        gathered.reason_count > 0 as has_reason,
        gathered.credible_count > 0 as is_suspected,
        answered.case_id is null and gathered.reason_count = 0 as is_unanswered,
        cast(gathered.started_at as date) as started_date,
        gathered.started_at,
        gathered.ended_at,
        gathered.first_verified_at,
        answered.filed_at as case_filed_at,
        answered.closed_at as case_closed_at
    from gathered
    left join answered on gathered.incident_id = answered.incident_id

)

select * from final
