with

patches as (

    select * from {{ source('raw', 'patches') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(patch_id) as patch_id,
        nullif(trim(case_id), '') as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(crs_name) as crs_name,
        trim(conclusion_name) as conclusion_name,
        -- numbers
        _row_number as row_number,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        cast(area_mu as decimal(18, 4)) as area_mu,
        -- dates and times
        cast(issued_date as date) as issued_date,
        cast(reported_date as date) as reported_date,
        _received_at as received_at,
        min(case when reported_date is not null then _received_at end) over (partition by patch_id)
            as conclusion_reported_at,
        min(case when nullif(trim(case_id), '') is not null then _received_at end) over (
            partition by patch_id
        ) as case_reported_at
    from patches
    where _reject_reasons is null
    qualify row_number() over (
        partition by patch_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
