with

owed as (

    select * from {{ ref('int_patrol_periods_owed') }}

),

versions as (

    select * from {{ ref('int_site_versions') }}

),

-- Whatever a later register says of its end holds at once: what was struck off owes nothing since.
ends as (

    select
        site_id,
        deregistered_date
    from versions
    where is_current

),

sites as (

    select
        versions.site_id,
        versions.site_name,
        versions.township_code,
        versions.village_code,
        versions.village_name,
        versions.is_key_area,
        greatest(cast(versions.valid_from_at as date), versions.registered_date) as from_date,
        least(cast(versions.valid_to_at as date), ends.deregistered_date) as to_date
    from versions
    inner join ends on versions.site_id = ends.site_id

),

-- As the register stood on the first day: a site that enters or becomes a key site in mid-period is
-- owed from the next one on, and a later correction does not make last quarter overdue.
listed as (

    select
        owed.rule_code,
        owed.patrol_level_code,
        owed.subject_kind_code,
        sites.township_code,
        sites.village_code,
        case owed.subject_kind_code when 'village' then sites.village_code else sites.site_id end
            as subject_id,
        case owed.subject_kind_code when 'village' then sites.village_name else sites.site_name end
            as subject_name,
        owed.period_start_date,
        owed.period_end_date
    from owed
    inner join sites
        on
            owed.period_start_date >= sites.from_date
            and coalesce(owed.period_start_date < sites.to_date, true)
    where
        sites.township_code is not null
        and case owed.subject_kind_code
            when 'village' then sites.village_code is not null
            else sites.is_key_area
        end

),

-- Weekly rounds are owed by a village for all its sites together, the others for each key site.
final as (

    select
        rule_code,
        patrol_level_code,
        subject_kind_code,
        min(township_code) as township_code,
        min(village_code) as village_code,
        subject_id,
        min(subject_name) as subject_name,
        period_start_date,
        period_end_date
    from listed
    group by
        rule_code, patrol_level_code, subject_kind_code, subject_id,
        period_start_date, period_end_date

)

select * from final
