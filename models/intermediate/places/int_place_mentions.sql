with

patrols as (

    select * from {{ ref('int_patrol_mentions') }}

),

cases as (

    select * from {{ ref('int_case_mentions') }}

),

clues as (

    select * from {{ ref('int_clue_mentions') }}

),

power_users as (

    select * from {{ ref('int_power_user_mentions') }}

),

cameras as (

    select * from {{ ref('int_camera_mentions') }}

),

video_points as (

    select * from {{ ref('int_video_point_mentions') }}

),

patches as (

    select * from {{ ref('int_patch_mentions') }}

),

township_names as (

    select * from {{ ref('int_township_names') }}

),

village_names as (

    select * from {{ ref('int_village_names') }}

),

village_codes as (

    select * from {{ ref('int_village_codes') }}

),

-- A ledger line, a case or a clue says which place is meant, even with its coordinates mistyped. An
-- address or a camera's name says where something stands, often only near a site of that name.
mentions as (

    select
        mention_id,
        'patrol' as source_code,
        stated_site_id,
        cast(null as varchar) as stated_township_text,
        cast(null as varchar) as stated_village_text,
        assumed_township_code,
        assumed_village_code,
        location_text,
        cast(null as varchar) as crs_name,
        longitude,
        latitude,
        true as is_text_decisive
    from patrols
    union all
    select
        mention_id,
        'case' as source_code,
        stated_site_id,
        stated_township_text,
        stated_village_text,
        assumed_township_code,
        cast(null as varchar) as assumed_village_code,
        location_text,
        crs_name,
        longitude,
        latitude,
        true as is_text_decisive
    from cases
    union all
    select
        mention_id,
        'clue' as source_code,
        stated_site_id,
        stated_township_text,
        stated_village_text,
        assumed_township_code,
        cast(null as varchar) as assumed_village_code,
        location_text,
        cast(null as varchar) as crs_name,
        longitude,
        latitude,
        true as is_text_decisive
    from clues
    union all
    select
        mention_id,
        'power_user' as source_code,
        stated_site_id,
        stated_township_text,
        stated_village_text,
        cast(null as varchar) as assumed_township_code,
        cast(null as varchar) as assumed_village_code,
        location_text,
        crs_name,
        longitude,
        latitude,
        false as is_text_decisive
    from power_users
    union all
    select
        mention_id,
        'camera' as source_code,
        cast(null as varchar) as stated_site_id,
        stated_township_text,
        stated_village_text,
        cast(null as varchar) as assumed_township_code,
        cast(null as varchar) as assumed_village_code,
        location_text,
        crs_name,
        longitude,
        latitude,
        false as is_text_decisive
    from cameras
    union all
    select
        mention_id,
        'video_point' as source_code,
        cast(null as varchar) as stated_site_id,
        cast(null as varchar) as stated_township_text,
        cast(null as varchar) as stated_village_text,
        cast(null as varchar) as assumed_township_code,
        cast(null as varchar) as assumed_village_code,
        cast(null as varchar) as location_text,
        crs_name,
        longitude,
        latitude,
        false as is_text_decisive
    from video_points
    union all
    select
        mention_id,
        'patch' as source_code,
        cast(null as varchar) as stated_site_id,
        cast(null as varchar) as stated_township_text,
        cast(null as varchar) as stated_village_text,
        cast(null as varchar) as assumed_township_code,
        cast(null as varchar) as assumed_village_code,
        cast(null as varchar) as location_text,
        crs_name,
        longitude,
        latitude,
        false as is_text_decisive
    from patches

),

-- Most villages have names of their own in the county: such a one tells the township as well.
sole_villages as (

    select
        name_text,
        min(village_code) as village_code,
        min(township_code) as township_code
    from village_names
    where not is_stem
    group by name_text
    having count(*) = 1

),

spelled as (

    select
        mentions.*,
        {{ normalised_place_name('mentions.stated_village_text') }} as village_text,
        township_names.township_code as named_township_code
    from mentions
    left join township_names
        on {{ normalised_place_name('mentions.stated_township_text') }} = township_names.name_text

),

final as (

    select
        spelled.mention_id,
        spelled.stated_site_id,
        -- The village is the more exact of the two where both are codes.
        coalesce(
            village_codes.township_code, spelled.named_township_code, sole_villages.township_code
        ) as stated_township_code,
        coalesce(
            village_codes.village_code,
            village_names.village_code,
            case when spelled.named_township_code is null then sole_villages.village_code end
        ) as stated_village_code,
        spelled.assumed_township_code,
        spelled.assumed_village_code,
        spelled.source_code,
        spelled.location_text,
        spelled.crs_name,
        spelled.longitude,
        spelled.latitude,
        spelled.is_text_decisive
    from spelled
    left join village_codes on spelled.village_text = village_codes.code_text
    left join village_names
        on
            spelled.named_township_code = village_names.township_code
            and spelled.village_text = village_names.name_text
    left join sole_villages on spelled.village_text = sole_villages.name_text

)

select * from final
