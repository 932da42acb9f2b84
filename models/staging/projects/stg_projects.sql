with

projects as (

    select * from {{ source('raw', 'projects') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(project_id) as project_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(project_name) as project_name,
        trim(kind_name) as kind_name,
        trim(township_name) as township_name,
        trim(village_name) as village_name,
        trim(crs_name) as crs_name,
        is_publicised,
        trim(supervisor_name) as supervisor_name,
        trim(approving_unit_name) as approving_unit_name,
        -- numbers
        _row_number as row_number,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        -- dates and times
        cast(start_date as date) as start_date,
        cast(end_date as date) as end_date,
        _received_at as received_at,
        min(case when is_publicised = 'yes' then _received_at end) over (partition by project_id)
            as publicised_reported_at,
        min(case when {{ is_person_named('supervisor_name') }} then _received_at end) over (
            partition by project_id
        ) as supervisor_reported_at
    from projects
    where _reject_reasons is null
    qualify row_number() over (
        partition by project_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
