with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}
    where longitude is not null and latitude is not null

),

placed as (

    select * from {{ ref('int_patrols_placed') }}

),

sites as (

    select * from {{ ref('int_site_versions') }}
    where is_current and longitude is not null and latitude is not null

),

-- A ledger does not say in which system its coordinates are. WGS84 is what it should be; the other
-- two are what a telephone's map shows, some 600 and 1,400 m away.
systems as (

    select
        'WGS84' as crs_name,
        1 as crs_rank
    union all
    select
        'GCJ-02' as crs_name,
        2 as crs_rank
    union all
    select
        'BD-09' as crs_name,
        3 as crs_rank

),

points as (

    select
        lines.patrol_id,
        systems.crs_name,
        systems.crs_rank,
        {{ wgs84_longitude('lines.longitude', 'lines.latitude', 'systems.crs_name') }}
            as longitude,
        {{ wgs84_latitude('lines.longitude', 'lines.latitude', 'systems.crs_name') }}
            as latitude
    from lines
    cross join systems

),

-- A degree is more than 50 km either way in China: this keeps the pairs few and loses none.
pairs as (

    select
        points.patrol_id,
        points.crs_name,
        points.crs_rank,
        points.longitude,
        points.latitude,
        sites.site_id,
        sites.township_code as site_township_code,
        {{ normalised_place_name('sites.site_name') }} as site_text,
        {{ distance_m('points.longitude', 'points.latitude', 'sites.longitude', 'sites.latitude') }}
            as distance_m
    from points
    inner join sites
        on
            abs(points.longitude - sites.longitude)
            < {{ setting('patrol_match_radius_m') }} / 50000e0
            and abs(points.latitude - sites.latitude)
            < {{ setting('patrol_match_radius_m') }} / 50000e0

),

within_radius as (

    select
        pairs.patrol_id,
        pairs.crs_name,
        pairs.crs_rank,
        pairs.longitude,
        pairs.latitude,
        pairs.site_id,
        pairs.distance_m,
        instr(placed.place_text, pairs.site_text) > 0 as is_named
    from pairs
    inner join placed on pairs.patrol_id = placed.patrol_id
    where
        pairs.distance_m <= {{ setting('patrol_match_radius_m') }}
        and (pairs.crs_name = 'WGS84' or pairs.site_township_code = placed.township_code)

),

-- Of several sites around, the one the text names; else the nearest, and that is less sure.
final as (

    select
        patrol_id,
        crs_name,
        site_id,
        case
            when crs_name <> 'WGS84' then 'medium'
            when is_named or count(*) over (partition by patrol_id, crs_name) = 1 then 'high'
            else 'medium'
        end as match_confidence_code,
        longitude,
        latitude,
        distance_m
    from within_radius
    qualify row_number() over (
        partition by patrol_id
        order by crs_rank asc, is_named desc, distance_m asc, site_id asc
    ) = 1

)

select * from final
