with

obligations as (

    select * from {{ ref('int_obligations_judged') }}

),

units as (

    select
        unit_code,
        unit_name
    from {{ ref('dim_units') }}
    qualify row_number() over (partition by unit_code order by valid_from_date desc) = 1

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

final as (

    select
        obligations.obligation_id,
        obligations.rule_code,
        obligations.clause_code,
        obligations.kind_code,
        obligations.period_kind_code,
        obligations.lead_unit_code,
        obligations.owing_unit_code,
        obligations.township_code,
        obligations.subject_type,
        obligations.subject_id,
        obligations.trigger_id,
        obligations.evidence_type,
        obligations.evidence_id,
        obligations.certainty_code,
        obligations.status,
        obligations.rule_name,
        obligations.lead_unit_name,
        units.unit_name as owing_unit_name,
        townships.township_name,
        obligations.subject_name,
        obligations.basis_text,
        obligations.waiver_reason_text,
        obligations.waiver_approver_name,
        obligations.waiver_document_number,
        obligations.extension_count,
        obligations.paused_days,
        obligations.days_late,
        obligations.is_due_soon,
        obligations.is_in_grace,
        obligations.is_reported_late,
        obligations.is_restricted,
        obligations.is_excused,
        obligations.has_unit_reported,
        obligations.period_start_date,
        obligations.period_end_date,
        obligations.due_date,
        obligations.started_at,
        obligations.due_at,
        obligations.fulfilled_at,
        obligations.reported_at
    from obligations
    left join units on obligations.owing_unit_code = units.unit_code
    left join townships on obligations.township_code = townships.township_code

)

select * from final
