{#- Read once, by the next step: a table would be written only to be read again. -#}
{{ config(materialized = 'view') }}

with

context as (

    select * from {{ source('build', 'context') }}

),

obligations as (

    select * from {{ ref('int_obligations_clocked') }}

),

waivers as (

    select * from {{ ref('int_waivers_resolved') }}

),

evidence_types as (

    select * from {{ ref('evidence_types') }}

),

-- What was due before the first list of its feed came could not be reported in time by anybody.
feeds as (

    select
        evidence_types.evidence_type,
        min(deliveries.received_at) as first_received_at
    from evidence_types
    inner join {{ source('build', 'deliveries') }} as deliveries
        on evidence_types.feed_code = deliveries.feed_code
    where deliveries.outcome_code = 'used'
    group by evidence_types.evidence_type

),

-- When something was loaded is not when it was received: by that nobody is late.
loaded as (

    select distinct received_at
    from {{ source('build', 'deliveries') }}
    where received_at_source_code = 'load'

),

identified as (

    select
        {{ hash_id([
            'obligations.rule_code',
            'obligations.owing_unit_code',
            'obligations.subject_type',
            'obligations.subject_id',
            'obligations.period_start_date',
            'obligations.trigger_id',
        ]) }} as obligation_id,
        obligations.*,
        coalesce(obligations.fulfilled_at >= obligations.due_at, false) as is_done_late,
        coalesce(obligations.reported_at > obligations.report_due_at, false)
        and loaded.received_at is null
        and coalesce(obligations.due_at >= feeds.first_received_at, true) as is_reported_late
    from obligations
    left join loaded on obligations.reported_at = loaded.received_at
    left join feeds on obligations.evidence_type = feeds.evidence_type

),

-- Several papers may let off the same thing; the one received last is shown.
waived as (

    select
        identified.obligation_id,
        waivers.reason_text,
        waivers.approver_position_name,
        waivers.document_number
    from identified
    inner join waivers
        on
            identified.rule_code = waivers.rule_code
            and identified.owing_unit_code = waivers.unit_code
            and coalesce(waivers.object_id, identified.subject_id) = identified.subject_id
            and identified.due_date >= waivers.from_date
            and identified.due_date <= waivers.to_date
    qualify row_number() over (
        partition by identified.obligation_id
        order by
            waivers.received_at desc,
            waivers.from_date desc,
            waivers.object_id asc nulls last
    ) = 1

),

judged as (

    select
        identified.*,
        waived.reason_text as waiver_reason_text,
        waived.approver_position_name as waiver_approver_name,
        waived.document_number as waiver_document_number,
        context.as_of_at,
        case
            when waived.obligation_id is not null then 'waived'
            when
                identified.is_fulfilled
                and not identified.is_done_late
                and not identified.is_reported_late
                then 'met'
            when identified.is_fulfilled then 'met_late'
            when context.as_of_at < identified.due_at or identified.is_excused then 'open'
            when not identified.has_unit_reported then 'no_report'
            else 'overdue'
        end as status
    from identified
    cross join context
    left join waived on identified.obligation_id = waived.obligation_id

),

final as (

    select
        obligation_id,
        rule_code,
        clause_code,
        kind_code,
        period_kind_code,
        subject_type,
        subject_id,
        trigger_id,
        lead_unit_code,
        owing_unit_code,
        township_code,
        evidence_type,
        evidence_id,
        certainty_code,
        status,
        rule_name,
        lead_unit_name,
        subject_name,
        basis_text,
        waiver_reason_text,
        waiver_approver_name,
        waiver_document_number,
        extension_count,
        paused_days,
        -- Until it was done, else until it was reported, else until today.
        cast(
            case
                when status in ('overdue', 'no_report')
                    then {{ seconds_between('due_at', 'as_of_at') }} / 86400e0
                when status = 'met_late' and is_done_late
                    then {{ seconds_between('due_at', 'fulfilled_at') }} / 86400e0
                when status = 'met_late'
                    then {{ seconds_between('due_at', 'reported_at') }} / 86400e0
            end as decimal(12, 2)
        ) as days_late,
        status = 'open'
        and as_of_at < due_at
        and as_of_at >= due_at - due_soon_number * interval '1' day as is_due_soon,
        status in ('overdue', 'no_report') and as_of_at <= report_due_at as is_in_grace,
        status = 'met_late' and not is_done_late as is_reported_late,
        is_restricted,
        has_unit_reported,
        is_excused,
        period_start_date,
        period_end_date,
        due_date,
        started_at,
        due_at,
        fulfilled_at,
        reported_at
    from judged

)

select * from final
