with

versions as (

    select * from {{ ref('int_power_user_versions') }}
    where is_current

),

matched as (

    select * from {{ ref('int_mentions_matched') }}
    where source_code = 'power_user'

),

sites as (

    select * from {{ ref('int_site_versions') }}
    where is_current

),

final as (

    select
        versions.meter_id,
        coalesce(stated_sites.site_id, matched.site_id) as site_id,
        sites.site_name,
        sites.site_class_code,
        matched.township_code,
        matched.village_code,
        -- As far as places are told apart: a village, else the township as a whole.
        coalesce(matched.village_code, matched.township_code) as neighbourhood_code,
        sites.closed_date as site_closed_date,
        sites.deregistered_date as site_deregistered_date
    from versions
    left join matched
        on {{ hash_id(["'power_user'", 'versions.meter_id']) }} = matched.mention_id
    left join sites as stated_sites on versions.site_id = stated_sites.site_id
    left join sites on coalesce(stated_sites.site_id, matched.site_id) = sites.site_id

)

select * from final
