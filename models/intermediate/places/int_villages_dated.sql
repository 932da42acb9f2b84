with

villages as (

    select * from {{ ref('stg_villages') }}

),

townships as (

    select * from {{ ref('int_townships_dated') }}
    qualify row_number() over (partition by township_code order by valid_from_date desc) = 1

),

closed as (

    select
        village_code,
        village_name,
        full_name,
        township_code,
        aliases,
        case
            when kind_name like '%居%' or kind_name like '%社区%' then 'community'
            when kind_name is null and village_name like '%社区' then 'community'
            else 'village'
        end as village_kind_code,
        {{ wgs84_longitude('longitude', 'latitude', 'crs_name') }} as longitude,
        {{ wgs84_latitude('longitude', 'latitude', 'crs_name') }} as latitude,
        valid_from_date,
        least(
            valid_to_date,
            lead(valid_from_date) over (partition by village_code order by valid_from_date)
        ) as valid_to_date
    from villages

),

final as (

    select
        {{ hash_id(['closed.village_code', 'closed.valid_from_date']) }} as village_id,
        closed.village_code,
        closed.village_name,
        closed.full_name,
        closed.village_kind_code,
        -- The village list is often re-issued long after a merger of townships; until then a
        -- village belongs to what its township has become.
        case
            when {{ is_in_force('closed.valid_from_date', 'closed.valid_to_date') }}
                then coalesce(townships.present_township_code, closed.township_code)
            else closed.township_code
        end as township_code,
        closed.aliases,
        closed.longitude,
        closed.latitude,
        {{ is_in_force('closed.valid_from_date', 'closed.valid_to_date') }} as is_current,
        closed.valid_from_date,
        closed.valid_to_date
    from closed
    left join townships on closed.township_code = townships.township_code

)

select * from final
