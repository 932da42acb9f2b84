with

versions as (

    select * from {{ ref('int_power_user_versions') }}

),

matched as (

    select * from {{ ref('int_mentions_matched') }}
    where source_code = 'power_user'

),

latest as (

    select
        meter_id,
        longitude,
        latitude
    from versions
    where is_current

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

final as (

    select
        -- ids
        versions.power_user_version_id,
        versions.meter_id,
        versions.delivery_sha256,
        matched.township_code,
        townships.township_name,
        matched.village_code,
        villages.village_name,
        -- A place is looked for once an account, by its latest version; a 点位编号 that an earlier
        -- version stated was its site as long as that version held.
        coalesce(sites.site_id, matched.site_id) as site_id,
        coalesce(sites.site_name, matched.site_name) as site_name,
        -- text
        case
            when sites.site_id is not null then 'site_id'
            else coalesce(matched.match_method_code, 'none')
        end as match_method_code,
        case
            when sites.site_id is not null then 'high'
            else coalesce(matched.match_confidence_code, 'none')
        end as match_confidence_code,
        versions.power_user_name,
        versions.electricity_kind_code,
        versions.electricity_kind_name,
        versions.industry_name,
        versions.voltage_name,
        versions.user_state_code,
        versions.file_name,
        versions.sheet_name,
        -- numbers
        versions.row_number,
        versions.contract_capacity_kva,
        versions.running_capacity_kva,
        versions.total_factor,
        -- Coordinates without a declared system are in the one that the place was found in, as long
        -- as they are the same numbers.
        case
            when versions.longitude = latest.longitude and versions.latitude = latest.latitude
                then coalesce(matched.longitude, versions.longitude)
            else versions.longitude
        end as longitude,
        case
            when versions.longitude = latest.longitude and versions.latitude = latest.latitude
                then coalesce(matched.latitude, versions.latitude)
            else versions.latitude
        end as latitude,
        -- booleans
        versions.is_organisation,
        versions.is_key_monitored,
        versions.has_coordinates,
        versions.is_current,
        -- dates
        versions.opened_date,
        versions.closed_date,
        -- timestamps
        versions.valid_from_at,
        versions.valid_to_at
    from versions
    inner join latest on versions.meter_id = latest.meter_id
    left join matched
        on {{ hash_id(["'power_user'", 'versions.meter_id']) }} = matched.mention_id
    left join sites on versions.site_id = sites.site_id
    left join townships on matched.township_code = townships.township_code
    left join villages on matched.village_code = villages.village_code

)

select * from final
