with

townships as (

    select * from {{ ref('int_townships_dated') }}

),

final as (

    select
        township_id,
        township_code,
        township_name,
        county_code,
        alias_codes,
        aliases,
        successor_code,
        longitude,
        latitude,
        is_current,
        valid_from_date,
        valid_to_date
    from townships

)

select * from final
