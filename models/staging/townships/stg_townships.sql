with

townships as (

    select * from {{ source('raw', 'townships') }}

),

final as (

    select
        trim(township_code) as township_code,
        trim(township_name) as township_name,
        trim(county_code) as county_code,
        trim(alias_codes) as alias_codes,
        trim(aliases) as aliases,
        trim(successor_code) as successor_code,
        trim(crs_name) as crs_name,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        cast(valid_from_date as date) as valid_from_date,
        cast(valid_to_date as date) as valid_to_date
    from townships
    where _reject_reasons is null
    qualify row_number() over (
        partition by township_code, valid_from_date
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
