-- An old mine's transformer outlives it under the old company's name, often without coordinates:
-- 后沟南沟采矿有限公司 is the account of what the register calls 后沟南沟废弃矿井.
with

mentions as (

    select * from {{ ref('int_power_user_mentions') }}

),

versions as (

    select * from {{ ref('int_power_user_versions') }}
    where is_current and is_organisation

),

accounts as (

    select
        mentions.mention_id,
        versions.electricity_kind_code,
        {{ normalised_place_name('versions.power_user_name') }} as name_text
    from versions
    inner join mentions on versions.meter_id = mentions.meter_id

),

placed as (

    select * from {{ ref('int_mentions_placed') }}

),

sites as (

    select
        site_id,
        township_code,
        village_code,
        {{ normalised_place_name('responsible_enterprise_name') }} as enterprise_text,
        {{ normalised_place_name('small_place_name') }} as small_place_text
    from {{ ref('int_site_versions') }}
    where is_current

),

-- Farms, dwellings and shops in a gully bear its name as well.
named as (

    select
        accounts.mention_id,
        sites.site_id,
        coalesce(accounts.name_text = sites.enterprise_text, false) as is_enterprise
    from accounts
    inner join placed on accounts.mention_id = placed.mention_id
    inner join sites
        on
            placed.township_code = sites.township_code
            and (
                accounts.name_text = sites.enterprise_text
                or (
                    placed.village_code = sites.village_code
                    and accounts.electricity_kind_code
                    not in ('agricultural', 'residential', 'commercial')
                    and length(sites.small_place_text) >= 2
                    and instr(accounts.name_text, sites.small_place_text) > 0
                )
            )

),

best as (

    select * from named
    qualify rank() over (partition by mention_id order by is_enterprise desc) = 1

),

final as (

    select
        mention_id,
        min(site_id) as site_id,
        case when min(case when is_enterprise then 1 else 0 end) = 1 then 'high' else 'medium' end
            as match_confidence_code
    from best
    group by mention_id
    having count(distinct site_id) = 1

)

select * from final
