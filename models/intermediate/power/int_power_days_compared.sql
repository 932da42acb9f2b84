-- Each day against the meter's own earlier days of its kind, working days or days off with their
-- exchanges. Median and MAD, because a few nights of digging among sixty days must not move what is
-- usual.

with

days as (

    select * from {{ ref('int_power_days_latest') }}

),

calendar as (

    select * from {{ ref('int_working_days') }}

),

outages as (

    select * from {{ ref('int_power_outages') }}

),

classed as (

    select
        days.*,
        calendar.day_number,
        calendar.is_working_day,
        outages.meter_id is not null as is_outage,
        cast({{ setting('baseline_history_days') }} as bigint) as history_days
    from days
    inner join calendar on days.reading_date = calendar.calendar_date
    left join outages
        on days.meter_id = outages.meter_id and days.reading_date = outages.reading_date

),

-- What is missing is no history: neither a day with holes in its curve nor one without power.
known as (

    select
        classed.*,
        case
            when
                not classed.is_outage
                and classed.completeness_pct >= {{ setting('baseline_completeness_min_pct') }}
                then cast(classed.energy_kwh as double)
        end as known_energy_kwh,
        case
            when
                not classed.is_outage
                and classed.completeness_pct >= {{ setting('baseline_completeness_min_pct') }}
                then cast(classed.night_share_pct as double)
        end as known_share_pct
    from classed

),

remembered as (

    select
        known.*,
        {% for measure in ['energy_kwh', 'share_pct'] -%}
        {%- set history = [
            'known.known_' ~ measure,
            'known.meter_id, known.is_working_day',
            'known.day_number',
            'known.history_days',
        ] -%}
        {{ count_before(*history) }} as {{ measure }}_day_count,
        {{ median_before(*history) }} as {{ measure }}_median,
        {{ mad_before(*history) }} as {{ measure }}_mad{% if not loop.last %},{% endif %}
        {% endfor %}
    from known

),

based as (

    select
        remembered.*,
        remembered.energy_kwh_day_count >= {{ setting('baseline_days_min') }} as has_baseline,
        -- A day without energy has no share: a meter that mostly stands has few.
        remembered.share_pct_day_count >= {{ setting('baseline_days_min') }} as has_share_baseline,
        -- Without a floor a meter that draws the same every day is infinitely odd on any other.
        greatest(
            remembered.energy_kwh_mad,
            remembered.energy_kwh_median * {{ setting('baseline_mad_floor_share') }},
            {{ setting('baseline_mad_floor_kwh') }}
        ) as energy_scale_kwh,
        greatest(
            remembered.share_pct_mad, {{ setting('baseline_mad_floor_pct') }}
        ) as share_scale_pct
    from remembered

),

final as (

    select
        meter_id,
        delivery_sha256,
        file_name,
        row_number,
        point_count,
        zero_point_count,
        peak_slot_number,
        energy_kwh,
        mean_kw,
        peak_kw,
        min_kw,
        night_energy_kwh,
        night_share_pct,
        completeness_pct,
        cast(energy_kwh_day_count as bigint) as baseline_day_count,
        case
            when has_baseline then try_cast(round(energy_kwh_median, 4) as decimal(18, 4))
        end as baseline_energy_kwh,
        case
            when has_baseline then try_cast(round(energy_kwh_mad, 4) as decimal(18, 4))
        end as baseline_energy_mad_kwh,
        case
            when has_baseline
                then try_cast(round(
                    (cast(energy_kwh as double) - energy_kwh_median) / energy_scale_kwh, 2
                ) as decimal(12, 2))
        end as energy_deviation_mads,
        case
            when has_share_baseline then cast(round(share_pct_median, 2) as decimal(5, 2))
        end as baseline_night_share_pct,
        case
            when has_share_baseline then cast(round(share_pct_mad, 2) as decimal(5, 2))
        end as baseline_night_share_mad_pct,
        case
            when has_share_baseline
                then try_cast(round(
                    (cast(night_share_pct as double) - share_pct_median) / share_scale_pct, 2
                ) as decimal(12, 2))
        end as night_share_deviation_mads,
        is_working_day,
        is_complete,
        is_collection_failure,
        is_outage,
        has_baseline,
        reading_date,
        reported_at
    from based

)

select * from final
