with

resolved as (

    select * from {{ ref('int_milestones_resolved') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

final as (

    select
        resolved.milestone_report_id,
        resolved.delivery_sha256,
        resolved.milestone_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.project_text,
        resolved.unit_code,
        resolved.unit_name,
        resolved.township_code,
        townships.township_name,
        resolved.row_number,
        resolved.planned_count,
        resolved.done_count,
        resolved.actual_date is not null
        or coalesce(resolved.done_count >= resolved.planned_count, false) as is_done,
        row_number() over (partition by resolved.milestone_id order by resolved.reported_date desc)
        = 1 as is_latest,
        coalesce(
            resolved.done_count < max(resolved.done_count) over (
                partition by resolved.milestone_id
                order by resolved.reported_date
                rows between unbounded preceding and 1 preceding
            ),
            false
        ) as is_fallen_back,
        resolved.planned_date,
        resolved.actual_date,
        resolved.reported_date
    from resolved
    left join townships on resolved.township_code = townships.township_code

)

select * from final
