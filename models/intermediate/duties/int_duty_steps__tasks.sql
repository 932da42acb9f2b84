with

instructions as (

    select * from {{ ref('int_instructions_resolved') }}

),

instruction_reports as (

    select * from {{ ref('stg_instructions') }}

),

inspections as (

    select * from {{ ref('int_inspections_resolved') }}

),

inspection_reports as (

    select * from {{ ref('stg_inspections') }}

),

explanations as (

    select * from {{ ref('int_explanations_resolved') }}

),

explanation_reports as (

    select * from {{ ref('stg_explanations') }}

),

watchlist as (

    select * from {{ ref('stg_watchlist') }}

),

things as (

    select
        'instruction' as subject_type,
        instructions.instruction_id as subject_id,
        instructions.unit_code,
        cast(null as varchar) as township_code,
        'issued' as start_code,
        'closed' as stop_code,
        instructions.item_text as subject_name,
        instructions.due_date as stated_due_date,
        cast(instructions.issued_date as timestamp) as started_at,
        cast(instructions.closed_date as timestamp) as stopped_at,
        instruction_reports.closed_reported_at as reported_at
    from instructions
    inner join instruction_reports
        on instructions.instruction_id = instruction_reports.instruction_id
    union all
    -- Who found nothing asks for nothing, unless a date was set all the same.
    select
        'inspection' as subject_type,
        inspections.inspection_id as subject_id,
        inspections.inspected_unit_code as unit_code,
        inspections.township_code,
        'problem_found' as start_code,
        'rectified' as stop_code,
        inspections.problem_kind_name as subject_name,
        inspections.rectify_due_date as stated_due_date,
        cast(inspections.inspection_date as timestamp) as started_at,
        cast(inspections.rectified_date as timestamp) as stopped_at,
        inspection_reports.rectified_reported_at as reported_at
    from inspections
    inner join inspection_reports
        on inspections.inspection_id = inspection_reports.inspection_id
    where inspections.has_problem or inspections.rectify_due_date is not null
    union all
    select
        'explanation' as subject_type,
        explanations.explanation_id as subject_id,
        explanations.unit_code,
        cast(null as varchar) as township_code,
        'issued' as start_code,
        'explained' as stop_code,
        explanations.object_kind_name as subject_name,
        cast(null as date) as stated_due_date,
        explanations.issued_at as started_at,
        explanations.explained_at as stopped_at,
        explanation_reports.explained_reported_at as reported_at
    from explanations
    inner join explanation_reports
        on
            explanations.delivery_sha256 = explanation_reports.delivery_sha256
            and explanations.sheet_name is not distinct from explanation_reports.sheet_name
            and explanations.row_number = explanation_reports.row_number
    union all
    select
        'watchlist' as subject_type,
        watch_id as subject_id,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'submitted' as start_code,
        'fed_back' as stop_code,
        enterprise_name as subject_name,
        cast(null as date) as stated_due_date,
        cast(submitted_date as timestamp) as started_at,
        cast(fed_back_date as timestamp) as stopped_at,
        fed_back_reported_at as reported_at
    from watchlist

),

final as (

    select
        subject_type,
        subject_id,
        start_code as step_code,
        unit_code,
        township_code,
        subject_type as evidence_type,
        subject_id as evidence_id,
        subject_name,
        stated_due_date,
        started_at as occurred_at,
        cast(null as timestamp) as reported_at
    from things
    union all
    select
        subject_type,
        subject_id,
        stop_code as step_code,
        unit_code,
        township_code,
        subject_type as evidence_type,
        subject_id as evidence_id,
        subject_name,
        stated_due_date,
        stopped_at as occurred_at,
        reported_at
    from things
    where stopped_at is not null

)

select * from final
