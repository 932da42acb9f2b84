with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

placed as (

    select * from {{ ref('int_patrols_placed') }}

),

-- A site that was registered after the patrol still is the place that was visited.
sites as (

    select * from {{ ref('int_site_versions') }}
    where is_current

),

near as (

    select * from {{ ref('int_patrols_near_sites') }}

),

naming as (

    select * from {{ ref('int_patrols_naming_sites') }}

),

matched as (

    select
        lines.patrol_id,
        placed.township_code,
        placed.village_code,
        placed.place_text,
        coalesce(numbered.site_id, near.site_id, naming.site_id) as site_id,
        case
            when numbered.site_id is not null then 'site_id'
            when near.site_id is not null then 'coordinates'
            when naming.site_id is not null then 'name'
            else 'none'
        end as match_method_code,
        case
            when numbered.site_id is not null then 'high'
            else coalesce(near.match_confidence_code, naming.match_confidence_code, 'none')
        end as match_confidence_code,
        coalesce(near.longitude, lines.longitude) as longitude,
        coalesce(near.latitude, lines.latitude) as latitude
    from lines
    inner join placed on lines.patrol_id = placed.patrol_id
    left join sites as numbered on lines.site_id = numbered.site_id
    left join near on lines.patrol_id = near.patrol_id
    left join naming on lines.patrol_id = naming.patrol_id

),

measured as (

    select
        matched.*,
        sites.site_name,
        sites.township_code as site_township_code,
        sites.village_code as site_village_code,
        {{ distance_m(
            'matched.longitude', 'matched.latitude', 'sites.longitude', 'sites.latitude'
        ) }} as site_distance_m,
        -- What is left of the text when coordinates and punctuation are gone tells places apart.
        {{ with_pattern_replaced(
            'matched.place_text', '[0-9.°′″〃〞度分秒,，、;；:()A-Z]|东经|北纬|经度|纬度', ''
        ) }} as bare_text
    from matched
    left join sites on matched.site_id = sites.site_id

),

final as (

    select
        patrol_id,
        site_id,
        site_name,
        -- Where the text is nothing but coordinates they tell places apart, to about 100 m.
        case
            when site_id is null and bare_text <> ''
                then {{ hash_id(['township_code', 'bare_text']) }}
            when site_id is null
                then {{ hash_id([
                    'township_code',
                    'cast(longitude as decimal(6, 3))',
                    'cast(latitude as decimal(6, 3))',
                ]) }}
        end as unregistered_place_id,
        coalesce(township_code, site_township_code) as township_code,
        coalesce(village_code, site_village_code) as village_code,
        match_method_code,
        match_confidence_code,
        longitude,
        latitude,
        case
            when site_distance_m < 1000000
                then cast(round(site_distance_m, 1) as decimal(10, 1))
        end as match_distance_m
    from measured

)

select * from final
