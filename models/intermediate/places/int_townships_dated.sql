with recursive

townships as (

    select * from {{ ref('stg_townships') }}

),

-- A new row ends the one before it, also when nobody went back to write its last day: two rows of
-- one code that hold at once would double every join.
closed as (

    select
        township_code,
        township_name,
        county_code,
        alias_codes,
        aliases,
        successor_code,
        {{ wgs84_longitude('longitude', 'latitude', 'crs_name') }} as longitude,
        {{ wgs84_latitude('longitude', 'latitude', 'crs_name') }} as latitude,
        valid_from_date,
        least(
            valid_to_date,
            lead(valid_from_date) over (partition by township_code order by valid_from_date)
        ) as valid_to_date
    from townships

),

latest as (

    select
        township_code,
        successor_code,
        max(case when {{ is_in_force('valid_from_date', 'valid_to_date') }} then 1 else 0 end)
            over (partition by township_code) as current_count
    from closed
    qualify row_number() over (partition by township_code order by valid_from_date desc) = 1

),

-- A merged township is followed to the one in force today. The hops are bounded against two rows
-- that name each other.
followed as (

    select
        township_code,
        township_code as reached_code,
        0 as hop_count
    from latest
    union all
    select
        followed.township_code,
        latest.successor_code as reached_code,
        followed.hop_count + 1 as hop_count
    from followed
    inner join latest on followed.reached_code = latest.township_code
    where
        latest.current_count = 0
        and latest.successor_code is not null
        and followed.hop_count < 9

),

present as (

    select
        followed.township_code,
        followed.reached_code as present_township_code
    from followed
    inner join latest on followed.reached_code = latest.township_code
    qualify row_number() over (
        partition by followed.township_code
        order by followed.hop_count desc
    ) = 1

),

final as (

    select
        {{ hash_id(['closed.township_code', 'closed.valid_from_date']) }} as township_id,
        closed.township_code,
        present.present_township_code,
        closed.township_name,
        closed.county_code,
        closed.alias_codes,
        closed.aliases,
        closed.successor_code,
        closed.longitude,
        closed.latitude,
        {{ is_in_force('closed.valid_from_date', 'closed.valid_to_date') }} as is_current,
        closed.valid_from_date,
        closed.valid_to_date
    from closed
    inner join present on closed.township_code = present.township_code

)

select * from final
