with

meetings as (

    select * from {{ ref('int_meetings_resolved') }}

),

capacity as (

    select * from {{ ref('int_capacity_resolved') }}

),

agency_checks as (

    select * from {{ ref('int_agency_checks_resolved') }}

),

joint_operations as (

    select * from {{ ref('stg_joint_operations') }}

),

publicity as (

    select * from {{ ref('int_publicity_resolved') }}

),

publicity_reports as (

    select * from {{ ref('stg_publicity') }}

),

inspections as (

    select * from {{ ref('int_inspections_resolved') }}

),

inspection_reports as (

    select * from {{ ref('stg_inspections') }}

),

measures as (

    select * from {{ ref('int_measures_resolved') }}

),

forms as (

    select * from {{ ref('int_patrol_forms_credited') }}
    where not is_superseded and period_start_date is not null

),

governments as (

    select * from {{ ref('int_township_governments') }}

),

video_system as (

    select * from {{ ref('int_video_system_finished') }}

),

published as (

    select
        publicity.*,
        publicity_reports.first_received_at
    from publicity
    inner join publicity_reports on publicity.publicity_id = publicity_reports.publicity_id
    where publicity.published_date is not null

),

-- A form is filed for its period, whenever in it or after it it was filled in.
filed as (

    select
        forms.form_id,
        forms.patrol_level_code,
        governments.unit_code as government_code,
        least(
            greatest(
                coalesce(forms.filled_date, forms.period_start_date), forms.period_start_date
            ),
            {{ period_end_date('forms.period_kind_code', 'forms.period_start_date') }}
        ) as act_date,
        forms.received_at
    from forms
    left join governments on forms.township_code = governments.township_code

),

-- An act without a unit is one of the whole county, whoever did it.
final as (

    select
        'meeting' as act_code,
        group_unit_code as unit_code,
        'meeting' as evidence_type,
        meeting_id as evidence_id,
        meeting_date as act_date,
        reported_at
    from meetings
    where group_unit_code is not null
    union all
    select
        'capacity' as act_code,
        unit_code,
        'capacity' as evidence_type,
        capacity_id as evidence_id,
        counted_date as act_date,
        reported_at
    from capacity
    where unit_code is not null
    union all
    select
        'agency_check' as act_code,
        unit_code,
        'agency_check' as evidence_type,
        agency_check_id as evidence_id,
        check_date as act_date,
        reported_at
    from agency_checks
    where unit_code is not null
    union all
    select
        'joint_operation' as act_code,
        cast(null as varchar) as unit_code,
        'joint_operation' as evidence_type,
        operation_id as evidence_id,
        operation_date as act_date,
        first_received_at as reported_at
    from joint_operations
    union all
    select
        'publicity' as act_code,
        unit_code,
        'publicity' as evidence_type,
        publicity_id as evidence_id,
        published_date as act_date,
        first_received_at as reported_at
    from published
    where unit_code is not null
    union all
    select
        'exposure' as act_code,
        cast(null as varchar) as unit_code,
        'publicity' as evidence_type,
        publicity_id as evidence_id,
        published_date as act_date,
        first_received_at as reported_at
    from published
    where publicity_kind_code = 'typical_case'
    union all
    select
        'county_inspection' as act_code,
        cast(null as varchar) as unit_code,
        'inspection' as evidence_type,
        inspections.inspection_id as evidence_id,
        inspections.inspection_date as act_date,
        inspection_reports.first_received_at as reported_at
    from inspections
    inner join inspection_reports
        on inspections.inspection_id = inspection_reports.inspection_id
    where inspections.inspection_level_code = 'county'
    union all
    -- Plans there are of many kinds; the rule asks for that of clause 2.3.3.
    select
        'measure_' || measure_item_code as act_code,
        unit_code,
        'measure' as evidence_type,
        measure_id as evidence_id,
        completed_date as act_date,
        reported_at
    from measures
    where
        unit_code is not null
        and (measure_item_code <> 'plan' or coalesce(clause_code = '2.3.3', true))
    union all
    select
        'township_ledger' as act_code,
        government_code as unit_code,
        'patrol_form' as evidence_type,
        form_id as evidence_id,
        act_date,
        received_at as reported_at
    from filed
    where patrol_level_code = 'township' and government_code is not null
    union all
    select
        'county_ledger' as act_code,
        cast(null as varchar) as unit_code,
        'patrol_form' as evidence_type,
        form_id as evidence_id,
        act_date,
        received_at as reported_at
    from filed
    where patrol_level_code = 'county'
    union all
    select
        'video_system_built' as act_code,
        cast(null as varchar) as unit_code,
        'milestone' as evidence_type,
        'video_system' as evidence_id,
        finished_date as act_date,
        cast(null as timestamp) as reported_at
    from video_system

)

select * from final
