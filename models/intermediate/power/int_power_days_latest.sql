with

measured as (

    select * from {{ ref('int_power_days_measured') }}

),

deliveries as (

    select * from {{ source('build', 'deliveries') }}

),

-- The table of features keeps every version of every day; this build's own deliveries decide.
latest as (

    select measured.*
    from measured
    inner join deliveries
        on
            measured.read_id = deliveries.read_id
            and measured.delivery_sha256 = deliveries.delivery_sha256
            and deliveries.feed_code = 'power_readings'
            and deliveries.outcome_code = 'used'
    qualify
        row_number() over (
            partition by measured.meter_id, measured.reading_date
            order by
                measured.received_at desc,
                measured.file_name desc,
                measured.delivery_sha256 desc,
                measured.row_number desc
        ) = 1

),

final as (

    select
        meter_id,
        delivery_sha256,
        file_name,
        row_number,
        point_count,
        zero_point_count,
        case when point_count > 0 then peak_slot_number end as peak_slot_number,
        dark_hours_mask,
        case when point_count > 0 then energy_kwh end as energy_kwh,
        mean_kw,
        peak_kw,
        min_kw,
        case when point_count > 0 then night_energy_kwh end as night_energy_kwh,
        case
            when energy_kwh > 0
                then try_cast(round(
                    100 * cast(night_energy_kwh as double) / cast(energy_kwh as double), 2
                ) as decimal(5, 2))
        end as night_share_pct,
        cast(round(cast(point_count as double) * 100 / 96, 2) as decimal(5, 2)) as completeness_pct,
        point_count = 96 as is_complete,
        point_count = 0 as is_collection_failure,
        reading_date,
        received_at as reported_at
    from latest

)

select * from final
