with

villages as (

    select * from {{ ref('int_villages_dated') }}

),

townships as (

    select
        township_code,
        township_name
    from {{ ref('int_townships_dated') }}
    qualify row_number() over (partition by township_code order by valid_from_date desc) = 1

),

final as (

    select
        villages.village_id,
        villages.village_code,
        villages.village_name,
        villages.full_name,
        villages.village_kind_code,
        villages.township_code,
        townships.township_name,
        villages.aliases,
        villages.longitude,
        villages.latitude,
        villages.is_current,
        villages.valid_from_date,
        villages.valid_to_date
    from villages
    left join townships on villages.township_code = townships.township_code

)

select * from final
