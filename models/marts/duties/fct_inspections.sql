with

as_of as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

resolved as (

    select * from {{ ref('int_inspections_resolved') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

final as (

    select
        resolved.delivery_sha256,
        resolved.inspection_id,
        resolved.site_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.problem_text,
        resolved.problem_kind_name,
        resolved.inspected_unit_code,
        resolved.inspected_unit_name,
        resolved.inspection_level_code,
        resolved.inspection_level_name,
        resolved.township_code,
        townships.township_name,
        sites.site_name,
        resolved.row_number,
        resolved.is_announced,
        resolved.has_problem,
        resolved.rectified_date is not null as is_rectified,
        coalesce(
            resolved.has_problem
            and coalesce(resolved.rectified_date, as_of.as_of_date) > resolved.rectify_due_date,
            false
        ) as is_rectified_late,
        resolved.inspection_date,
        resolved.rectify_due_date,
        resolved.rectified_date
    from resolved
    cross join as_of
    left join townships on resolved.township_code = townships.township_code
    left join sites on resolved.site_id = sites.site_id

)

select * from final
