with

grid_applications as (

    select * from {{ source('raw', 'grid_applications') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(application_id) as application_id,
        nullif(trim(meter_id), '') as meter_id,
        nullif(trim(site_id), '') as site_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(kind_name) as kind_name,
        commitment_code,
        trim(review_result_name) as review_result_name,
        -- numbers
        _row_number as row_number,
        cast(capacity_kva as decimal(18, 4)) as capacity_kva,
        -- dates and times
        cast(accepted_date as date) as accepted_date,
        cast(design_reviewed_date as date) as design_reviewed_date,
        cast(mid_inspected_date as date) as mid_inspected_date,
        cast(final_inspected_date as date) as final_inspected_date,
        cast(commitment_date as date) as commitment_date,
        cast(closed_date as date) as closed_date,
        _received_at as received_at,
        min(
            case when commitment_code = 'yes' or commitment_date is not null then _received_at end
        ) over (
            partition by application_id
        ) as commitment_reported_at
    from grid_applications
    where _reject_reasons is null
    qualify row_number() over (
        partition by application_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
