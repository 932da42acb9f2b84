with

reports as (

    select * from {{ ref('int_milestones_resolved') }}

),

cameras as (

    select * from {{ ref('int_cameras_resolved') }}

),

-- A report replaces the one before it; what is done is dated by its own word, else by the report.
milestones as (

    select
        milestone_id,
        coalesce(done_count >= planned_count, actual_date is not null) as is_finished,
        coalesce(actual_date, reported_date) as finished_date
    from reports
    qualify row_number() over (partition by milestone_id order by reported_date desc) = 1

),

parts as (

    select
        is_finished,
        finished_date
    from milestones
    union all
    select
        is_in_service as is_finished,
        service_from_date as finished_date
    from cameras

),

-- Nothing planned is nothing finished.
final as (

    select max(finished_date) as finished_date
    from parts
    having count(*) > 0 and count(*) = count(case when is_finished then 1 end)

)

select * from final
