with

days as (

    select * from {{ ref('int_power_days_compared') }}

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
        baseline_day_count,
        baseline_energy_kwh,
        baseline_energy_mad_kwh,
        energy_deviation_mads,
        baseline_night_share_pct,
        baseline_night_share_mad_pct,
        night_share_deviation_mads,
        is_working_day,
        is_complete,
        is_collection_failure,
        is_outage,
        has_baseline,
        reading_date,
        reported_at
    from days

)

select * from final
