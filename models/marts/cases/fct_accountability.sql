with

as_of as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

resolved as (

    select * from {{ ref('int_accountability_resolved') }}

),

cases as (

    select * from {{ ref('fct_cases') }}

),

-- Matters received before the rule was in force have no limit.
limits as (

    select * from {{ ref('fct_obligations') }}
    where subject_type = 'accountability'
    qualify row_number() over (partition by subject_id order by due_at, obligation_id) = 1

),

final as (

    select
        resolved.delivery_sha256,
        resolved.accountability_id,
        resolved.case_id,
        cases.township_code,
        limits.status,
        resolved.file_name,
        resolved.sheet_name,
        resolved.action_text,
        cases.case_type_name,
        cases.township_name,
        cases.handling_unit_name,
        resolved.row_number,
        resolved.person_count,
        limits.days_late,
        resolved.closed_date is not null as is_closed,
        coalesce(resolved.published_date <= as_of.as_of_date, false) as is_published,
        resolved.received_date,
        limits.due_date,
        resolved.closed_date,
        resolved.published_date
    from resolved
    cross join as_of
    left join cases on resolved.case_id = cases.case_id
    left join limits on resolved.accountability_id = limits.subject_id

)

select * from final
