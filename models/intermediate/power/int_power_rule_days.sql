with

days as (

    select * from {{ ref('int_power_days_compared') }}
    where not is_outage and energy_kwh is not null

),

rules as (

    select * from {{ ref('power_alert_rules') }}

),

places as (

    select * from {{ ref('int_power_user_places') }}

),

drops as (

    select * from {{ ref('int_power_visit_drops') }}

),

calendar as (

    select * from {{ ref('int_working_days') }}

),

-- The account as it stood when the day began; days before the first version are of the first. The
-- bounds have no nulls: an `or` in the outer join would compare every day with every version.
versions as (

    select
        *,
        case
            when is_first then timestamp '0001-01-01 00:00:00'
            else valid_from_at
        end as held_from_at,
        coalesce(valid_to_at, timestamp '9999-12-31 00:00:00') as held_to_at
    from {{ ref('int_power_user_versions') }}

),

known as (

    select
        days.*,
        versions.power_user_version_id,
        versions.user_state_code,
        cast(versions.running_capacity_kva as double) as running_capacity_kva,
        cast(days.energy_kwh as double) as day_kwh,
        cast(days.night_energy_kwh as double) as night_kwh,
        cast(days.baseline_energy_kwh as double) as usual_kwh,
        cast(days.baseline_energy_kwh as double)
        * cast(days.baseline_night_share_pct as double) / 100 as usual_night_kwh,
        drops.before_kwh,
        drops.after_kwh,
        extract(month from days.reading_date) as month_number,
        -- Who works through a holiday is compared with weekends.
        calendar.is_holiday,
        -- Shares of a curve with holes say little.
        days.completeness_pct >= {{ setting('baseline_completeness_min_pct') }} as is_shaped,
        coalesce(
            versions.user_state_code in ('suspended', 'paused', 'closed', 'cut_off'), false
        ) as is_stopped,
        coalesce(versions.electricity_kind_code = 'agricultural', false) as is_farm,
        coalesce(
            versions.electricity_kind_code = 'agricultural'
            and (
                versions.electricity_kind_name like '%排灌%'
                or versions.electricity_kind_name like '%农排%'
            ),
            false
        ) as is_irrigation,
        coalesce(versions.industry_name like '%建筑%', false) as is_construction,
        -- Farms, dwellings and shops have seasons, open and close; some lie within the radius of a
        -- shaft.
        coalesce(
            versions.electricity_kind_code in ('agricultural', 'residential', 'commercial'), false
        ) as is_neighbour,
        coalesce(
            places.site_class_code = 'closed_shaft'
            and coalesce(places.site_closed_date <= days.reading_date, true)
            or places.site_closed_date <= days.reading_date
            or places.site_deregistered_date <= days.reading_date,
            false
        ) as is_at_closed_site
    from days
    inner join calendar on days.reading_date = calendar.calendar_date
    left join versions
        on
            days.meter_id = versions.meter_id
            and cast(days.reading_date as timestamp) >= versions.held_from_at
            and cast(days.reading_date as timestamp) < versions.held_to_at
    left join places on days.meter_id = places.meter_id
    left join drops on days.meter_id = drops.meter_id and days.reading_date = drops.visit_date

),

judged as (

    select
        known.*,
        rules.rule_code,
        rules.days_min,
        rules.gap_days_max,
        coalesce(
            case rules.rule_code
                when 'level_shift'
                    then
                        known.energy_deviation_mads >= rules.deviation_mads_min
                        and known.day_kwh >= known.usual_kwh * rules.ratio_min
                        and known.day_kwh - known.usual_kwh >= rules.energy_kwh_min
                        and known.usual_kwh > 0
                        and not known.is_neighbour and not known.is_stopped and not known.is_holiday
                when 'night_share'
                    then
                        known.night_share_deviation_mads >= rules.deviation_mads_min
                        and known.night_share_pct >= rules.share_pct_min
                        and known.night_kwh >= rules.energy_kwh_min
                        and known.night_kwh >= known.usual_night_kwh * rules.ratio_min
                        and known.is_shaped
                        and not (
                            known.is_irrigation
                            and known.month_number between rules.season_first_month
                            and rules.season_last_month
                        )
                when 'stopped_load'
                    then known.is_stopped and known.day_kwh >= rules.energy_kwh_min
                when 'closed_site_load'
                    then
                        known.is_at_closed_site and not known.is_neighbour
                        and known.day_kwh >= rules.energy_kwh_min
                        and known.night_share_pct >= rules.share_pct_min
                when 'over_capacity'
                    then
                        known.running_capacity_kva > 0
                        and known.peak_kw >= known.running_capacity_kva * rules.ratio_min
                when 'farm_night'
                    then
                        known.is_farm and not known.is_irrigation and known.is_shaped
                        and known.night_share_pct >= rules.share_pct_min
                        and known.night_kwh >= rules.energy_kwh_min
                when 'project_night'
                    then
                        known.is_construction and known.is_shaped
                        and known.night_share_pct >= rules.share_pct_min
                        and known.night_kwh >= rules.energy_kwh_min
                when 'irrigation_off_season'
                    then
                        known.is_irrigation
                        and known.month_number
                        not between rules.season_first_month and rules.season_last_month
                        and known.day_kwh >= rules.energy_kwh_min
                when 'drop_before_inspection'
                    then
                        known.before_kwh >= rules.energy_kwh_min
                        and known.day_kwh < known.before_kwh * rules.drop_ratio_max
                        and known.after_kwh >= known.before_kwh * rules.ratio_min
            end,
            false
        ) as is_hit
    from known
    cross join rules

),

final as (

    select
        meter_id,
        power_user_version_id,
        delivery_sha256,
        rule_code,
        user_state_code,
        file_name,
        row_number,
        days_min,
        gap_days_max,
        day_kwh,
        night_kwh,
        usual_kwh,
        cast(peak_kw as double) as peak_kw,
        running_capacity_kva,
        before_kwh,
        after_kwh,
        cast(night_share_pct as double) as night_share_pct,
        cast(baseline_night_share_pct as double) as usual_share_pct,
        cast(energy_deviation_mads as double) as energy_deviation_mads,
        cast(night_share_deviation_mads as double) as share_deviation_mads,
        reading_date,
        reported_at
    from judged
    where is_hit

)

select * from final
