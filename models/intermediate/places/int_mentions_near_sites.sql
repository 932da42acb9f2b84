with

mentions as (

    select * from {{ ref('int_place_mentions') }}
    where longitude is not null and latitude is not null

),

placed as (

    select * from {{ ref('int_mentions_placed') }}

),

-- A degree is more than 50 km either way in China: the box keeps the pairs few and loses none. Its
-- edges stand alone in their comparisons, else a join looks at every point with every site.
sites as (

    select
        site_id,
        township_code,
        longitude,
        latitude,
        {{ normalised_place_name('site_name') }} as site_text,
        longitude - {{ setting('place_match_radius_m') }} / 50000e0 as west_longitude,
        longitude + {{ setting('place_match_radius_m') }} / 50000e0 as east_longitude,
        latitude - {{ setting('place_match_radius_m') }} / 50000e0 as south_latitude,
        latitude + {{ setting('place_match_radius_m') }} / 50000e0 as north_latitude
    from {{ ref('int_site_versions') }}
    where is_current and longitude is not null and latitude is not null

),

declared as (

    select
        mentions.mention_id,
        mentions.longitude,
        mentions.latitude,
        {{ crs_family('mentions.crs_name') }} as declared_crs_name,
        placed.place_text,
        placed.township_code
    from mentions
    inner join placed on mentions.mention_id = placed.mention_id

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

-- What is declared is not guessed. A guess needs the township to agree; no township, no guess.
points as (

    select
        declared.mention_id,
        declared.place_text,
        declared.township_code,
        systems.crs_name,
        systems.crs_rank,
        declared.declared_crs_name is null and systems.crs_name <> 'WGS84' as is_guess,
        {{ wgs84_longitude('declared.longitude', 'declared.latitude', 'systems.crs_name') }}
            as longitude,
        {{ wgs84_latitude('declared.longitude', 'declared.latitude', 'systems.crs_name') }}
            as latitude
    from declared
    inner join systems
        on
            declared.declared_crs_name = systems.crs_name
            or (
                declared.declared_crs_name is null
                and (systems.crs_name = 'WGS84' or declared.township_code is not null)
            )

),

pairs as (

    select
        points.mention_id,
        points.place_text,
        points.crs_name,
        points.crs_rank,
        points.is_guess,
        points.longitude,
        points.latitude,
        sites.site_id,
        sites.site_text,
        {{ distance_m('points.longitude', 'points.latitude', 'sites.longitude', 'sites.latitude') }}
            as distance_m
    from points
    inner join sites
        on
            points.longitude > sites.west_longitude
            and points.longitude < sites.east_longitude
            and points.latitude > sites.south_latitude
            and points.latitude < sites.north_latitude
    where not points.is_guess or points.township_code = sites.township_code

),

within_radius as (

    select
        mention_id,
        crs_name,
        crs_rank,
        is_guess,
        longitude,
        latitude,
        site_id,
        distance_m,
        coalesce(instr(place_text, site_text) > 0, false) as is_named
    from pairs
    where distance_m <= {{ setting('place_match_radius_m') }}

),

-- Of several sites around, the one the text names; else the nearest, and that is less sure.
final as (

    select
        mention_id,
        crs_name,
        site_id,
        case
            when is_guess then 'medium'
            when is_named or count(*) over (partition by mention_id, crs_name) = 1 then 'high'
            else 'medium'
        end as match_confidence_code,
        longitude,
        latitude,
        distance_m
    from within_radius
    qualify row_number() over (
        partition by mention_id
        order by crs_rank asc, is_named desc, distance_m asc, site_id asc
    ) = 1

)

select * from final
