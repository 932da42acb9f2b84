-- Only places of the same or a neighbouring cell are measured against a signal: a cell is a
-- hundredth of a degree, so radii up to some 700 m are found.
with

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current and longitude is not null and latitude is not null

),

patrols as (

    select * from {{ ref('fct_patrols') }}
    where
        unregistered_place_id is not null
        and longitude is not null
        and latitude is not null

),

places as (

    select
        site_id as place_id,
        longitude,
        latitude
    from sites
    union all
    select
        unregistered_place_id as place_id,
        -- Of decimals, whose mean does not depend on the order of rows.
        cast(avg(cast(longitude as decimal(10, 7))) as double) as longitude,
        cast(avg(cast(latitude as decimal(10, 7))) as double) as latitude
    from patrols
    group by unregistered_place_id

),

steps as (

    select -1 as step
    union all
    select 0 as step
    union all
    select 1 as step

),

final as (

    select
        places.place_id,
        places.longitude,
        places.latitude,
        cast(floor(places.longitude * 100) as bigint) + east.step as cell_x,
        cast(floor(places.latitude * 100) as bigint) + north.step as cell_y
    from places
    cross join steps as east
    cross join steps as north

)

select * from final
