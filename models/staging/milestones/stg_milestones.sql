with

milestones as (

    select * from {{ source('raw', 'milestones') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(milestone_id) as milestone_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(project_text) as project_text,
        trim(unit_name) as unit_name,
        trim(township_name) as township_name,
        -- numbers
        _row_number as row_number,
        cast(planned_count as bigint) as planned_count,
        cast(done_count as bigint) as done_count,
        -- dates and times
        cast(planned_date as date) as planned_date,
        cast(actual_date as date) as actual_date,
        cast(reported_date as date) as reported_date,
        _received_at as received_at
    from milestones
    where _reject_reasons is null
    qualify row_number() over (
        partition by milestone_id, coalesce(reported_date, cast(_received_at as date))
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
