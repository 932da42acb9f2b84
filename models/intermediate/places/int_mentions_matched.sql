with

mentions as (

    select * from {{ ref('int_place_mentions') }}

),

placed as (

    select * from {{ ref('int_mentions_placed') }}

),

-- A site that was registered after it was mentioned still is the place that was meant.
sites as (

    select * from {{ ref('int_site_versions') }}
    where is_current

),

near as (

    select * from {{ ref('int_mentions_near_sites') }}

),

naming as (

    select * from {{ ref('int_mentions_naming_sites') }}

),

accounts as (

    select * from {{ ref('int_power_users_naming_sites') }}

),

matched as (

    select
        mentions.mention_id,
        mentions.source_code,
        mentions.is_text_decisive,
        placed.township_code,
        placed.village_code,
        placed.place_text,
        coalesce(numbered.site_id, near.site_id, naming.site_id, accounts.site_id)
            as site_id,
        case
            when numbered.site_id is not null then 'site_id'
            when near.site_id is not null then 'coordinates'
            when coalesce(naming.site_id, accounts.site_id) is not null then 'name'
            else 'none'
        end as match_method_code,
        case
            when numbered.site_id is not null then 'high'
            else
                coalesce(
                    near.match_confidence_code,
                    naming.match_confidence_code,
                    accounts.match_confidence_code,
                    'none'
                )
        end as match_confidence_code,
        coalesce(
            near.longitude,
            {{ wgs84_longitude('mentions.longitude', 'mentions.latitude', 'mentions.crs_name') }}
        ) as longitude,
        coalesce(
            near.latitude,
            {{ wgs84_latitude('mentions.longitude', 'mentions.latitude', 'mentions.crs_name') }}
        ) as latitude
    from mentions
    inner join placed on mentions.mention_id = placed.mention_id
    left join sites as numbered on mentions.stated_site_id = numbered.site_id
    left join near on mentions.mention_id = near.mention_id
    left join naming on mentions.mention_id = naming.mention_id
    left join accounts on mentions.mention_id = accounts.mention_id

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
        mention_id,
        source_code,
        site_id,
        site_name,
        -- Where the text is nothing but coordinates they tell places apart, to about 100 m. A house
        -- or a mast makes no place of where it stands.
        case
            when
                site_id is not null or (place_text is not null and not is_text_decisive)
                then null
            when bare_text <> '' then {{ hash_id(['township_code', 'bare_text']) }}
            when place_text is not null or longitude is not null
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
