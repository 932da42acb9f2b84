with

mentions as (

    select * from {{ ref('int_place_mentions') }}
    where location_text is not null

),

placed as (

    select * from {{ ref('int_mentions_placed') }}

),

sites as (

    select * from {{ ref('int_site_versions') }}
    where is_current

),

site_names as (

    select
        site_id,
        township_code,
        village_code,
        {{ normalised_place_name('site_name') }} as name_text,
        true as is_full_name
    from sites
    union all
    select
        site_id,
        township_code,
        village_code,
        {{ normalised_place_name('small_place_name') }} as name_text,
        false as is_full_name
    from sites

),

-- An address in the gully of a site is not the site; one with coordinates far from it even less.
readable as (

    select
        mentions.mention_id,
        mentions.is_text_decisive,
        placed.place_text,
        placed.township_code,
        placed.village_code
    from mentions
    inner join placed on mentions.mention_id = placed.mention_id
    where
        mentions.is_text_decisive
        or mentions.longitude is null
        or mentions.latitude is null

),

-- 南沟 is in many villages, so a small place counts only in the village the mention is about.
named as (

    select
        readable.mention_id,
        site_names.site_id,
        site_names.is_full_name,
        coalesce(readable.village_code = site_names.village_code, false) as is_same_village,
        length(site_names.name_text) as name_length
    from readable
    inner join site_names
        on
            readable.township_code = site_names.township_code
            and length(site_names.name_text) >= 2
            and instr(readable.place_text, site_names.name_text) > 0
            and (
                site_names.is_full_name
                or (
                    readable.is_text_decisive
                    and readable.village_code = site_names.village_code
                )
            )

),

best as (

    select * from named
    qualify rank() over (
        partition by mention_id
        order by is_full_name desc, name_length desc, is_same_village desc
    ) = 1

),

-- Two sites that fit equally well are no match: a guess would count as a patrol of the other one.
final as (

    select
        mention_id,
        min(site_id) as site_id,
        case
            when max(case when is_full_name and is_same_village then 1 else 0 end) = 1 then 'high'
            when max(case when is_full_name then 1 else 0 end) = 1 then 'medium'
            else 'low'
        end as match_confidence_code
    from best
    group by mention_id
    having count(distinct site_id) = 1

)

select * from final
