{{
    config(
        materialized = 'incremental',
        incremental_strategy = 'append',
        on_schema_change = 'fail',
    )
}}

-- Features of each delivered row, from that row alone: so rows of new deliveries can be appended,
-- and the table stays exact under late, replacing and withdrawn deliveries. Which version of a day
-- counts is decided downstream. A changed formula changes the code hash: then all is built anew.

with

readings as (

    select * from {{ ref('stg_power_readings') }}

),

{% if is_incremental() %}
known as (

    select distinct
        delivery_sha256,
        read_id
    from {{ this }}

),
{% endif %}

deliveries as (

    select
        used.delivery_sha256,
        used.read_id
    from {{ source('build', 'deliveries') }} as used
    {% if is_incremental() %}
    left join known
        on used.delivery_sha256 = known.delivery_sha256 and used.read_id = known.read_id
    {% endif %}
    where
        used.feed_code = 'power_readings' and used.outcome_code = 'used'
        {% if is_incremental() %}
        and known.read_id is null
        {% endif %}

),

settings as (

    select
        {{ setting('night_start_slot') }} as night_start_slot,
        {{ setting('night_end_slot') }} as night_end_slot,
        {{ setting('curve_shift_slots') }} as curve_shift_slots

),

-- A point's share of the night, 0 or 1, worked out once and not per row.
night as (

    select
        {{ over_points(
            'case
                when mod({n} - 1 + curve_shift_slots, 96) + 1 >= night_start_slot then 1.0
                when mod({n} - 1 + curve_shift_slots, 96) + 1 <= night_end_slot then 1.0
                else 0.0
            end as n{n}', ', '
        ) }}
    from settings

),

-- Sums run over doubles in a fixed order and are rounded back to decimals: exact for 96 values of
-- three decimals, the same on every run, and quicker than decimals that widen with every plus sign.
measured as (

    select
        readings.delivery_sha256,
        deliveries.read_id,
        readings.meter_id,
        readings.file_name,
        readings.row_number,
        coalesce(cast(readings.t_factor as double), 1) as t_factor,
        cast(
            {{ over_points('case when readings.{p} is null then 0 else 1 end', ' + ') }} as bigint
        ) as point_count,
        cast(
            {{ over_points('case when readings.{p} = 0 then 1 else 0 end', ' + ') }} as bigint
        ) as zero_point_count,
        {{ over_points('coalesce(cast(readings.{p} as double), 0)', ' + ') }} as total_kw,
        {{ over_points('coalesce(cast(readings.{p} as double), 0) * night.n{n}', ' + ') }}
            as night_kw,
        greatest({{ over_points('readings.{p}', ', ') }}) as peak_kw,
        least({{ over_points('readings.{p}', ', ') }}) as min_kw,
        case greatest({{ over_points('readings.{p}', ', ') }})
            {{ over_points('when readings.{p} then {n}', ' ') }}
        end as peak_slot_number,
        readings.reading_date,
        readings.received_at
    from readings
    inner join deliveries on readings.delivery_sha256 = deliveries.delivery_sha256
    cross join night
    where readings.data_type = 1

),

final as (

    select
        delivery_sha256,
        read_id,
        meter_id,
        file_name,
        row_number,
        point_count,
        zero_point_count,
        cast(peak_slot_number as bigint) as peak_slot_number,
        -- try_cast: an absurd factor makes a null here, not a failed build.
        try_cast(round(total_kw * t_factor * 0.25, 4) as decimal(18, 4)) as energy_kwh,
        try_cast(round(night_kw * t_factor * 0.25, 4) as decimal(18, 4)) as night_energy_kwh,
        -- Mean of the points that are there: a missing point is not a zero.
        case
            when point_count > 0
                then try_cast(round(total_kw * t_factor / point_count, 3) as decimal(18, 3))
        end as mean_kw,
        try_cast(round(cast(peak_kw as double) * t_factor, 3) as decimal(18, 3)) as peak_kw,
        try_cast(round(cast(min_kw as double) * t_factor, 3) as decimal(18, 3)) as min_kw,
        reading_date,
        received_at
    from measured

)

select * from final
