with

owed as (

    select * from {{ ref('int_patrol_periods_owed') }}

),

sites as (

    select * from {{ ref('int_site_versions') }}
    where is_current

),

-- A site that enters in mid-period is owed from the next period on. Weekly rounds are owed by a
-- village for all its sites together, the others for each key site.
final as (

    select distinct
        owed.patrol_level_code,
        owed.subject_kind_code,
        sites.township_code,
        case owed.subject_kind_code when 'village' then sites.village_code else sites.site_id end
            as subject_id,
        owed.period_start_date
    from owed
    inner join sites
        on
            coalesce(sites.registered_date, cast(sites.valid_from_at as date))
            <= owed.period_start_date
            and coalesce(owed.period_start_date < sites.deregistered_date, true)
    where
        sites.township_code is not null
        and case owed.subject_kind_code
            when 'village' then sites.village_code is not null
            else sites.is_key_area
        end

)

select * from final
