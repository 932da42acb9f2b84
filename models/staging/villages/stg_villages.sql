with

villages as (

    select * from {{ source('raw', 'villages') }}

),

final as (

    select
        trim(village_code) as village_code,
        trim(village_name) as village_name,
        trim(full_name) as full_name,
        trim(kind_name) as kind_name,
        trim(township_code) as township_code,
        trim(aliases) as aliases,
        trim(crs_name) as crs_name,
        cast(longitude as double) as longitude,
        cast(latitude as double) as latitude,
        cast(valid_from_date as date) as valid_from_date,
        cast(valid_to_date as date) as valid_to_date
    from villages
    where _reject_reasons is null
    qualify row_number() over (
        partition by village_code, valid_from_date
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
