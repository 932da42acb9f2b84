with

inspections as (

    select * from {{ source('raw', 'inspections') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(inspection_id) as inspection_id,
        nullif(trim(site_id), '') as site_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(level_name) as level_name,
        is_announced,
        trim(inspected_unit_name) as inspected_unit_name,
        trim(township_name) as township_name,
        trim(problem_text) as problem_text,
        trim(problem_kind_name) as problem_kind_name,
        -- numbers
        _row_number as row_number,
        -- dates and times
        cast(inspection_date as date) as inspection_date,
        cast(rectify_due_date as date) as rectify_due_date,
        cast(rectified_date as date) as rectified_date,
        _received_at as received_at,
        min(_received_at) over (partition by inspection_id) as first_received_at,
        min(case when rectified_date is not null then _received_at end) over (
            partition by inspection_id
        ) as rectified_reported_at
    from inspections
    where _reject_reasons is null
    qualify row_number() over (
        partition by inspection_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
