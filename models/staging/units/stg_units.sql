with

units as (

    select * from {{ source('raw', 'units') }}

),

final as (

    select
        trim(unit_code) as unit_code,
        trim(unit_name) as unit_name,
        trim(aliases) as aliases,
        trim(kind_name) as kind_name,
        trim(level_name) as level_name,
        trim(township_code) as township_code,
        trim(parent_unit_code) as parent_unit_code,
        trim(duty_text) as duty_text,
        cast(valid_from_date as date) as valid_from_date,
        cast(valid_to_date as date) as valid_to_date
    from units
    where _reject_reasons is null
    qualify row_number() over (
        partition by unit_code, valid_from_date
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
