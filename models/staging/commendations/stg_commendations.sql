with

commendations as (

    select * from {{ source('raw', 'commendations') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(commendation_id) as commendation_id,
        nullif(trim(case_id), '') as case_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(unit_name) as unit_name,
        trim(object_kind_name) as object_kind_name,
        -- numbers
        _row_number as row_number,
        cast(amount_yuan as decimal(18, 4)) as amount_yuan,
        -- dates and times
        cast(commendation_date as date) as commendation_date,
        _received_at as received_at
    from commendations
    where _reject_reasons is null
    qualify row_number() over (
        partition by commendation_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
