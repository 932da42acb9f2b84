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

-- The night as two runs of points: the evening up to the last point, the morning from the first. A
-- curve whose P1 starts later moves both.
night as (

    select
        cast({{ setting('night_start_slot') }} - {{ setting('curve_shift_slots') }} as integer)
            as evening_point,
        cast({{ setting('night_end_slot') }} - {{ setting('curve_shift_slots') }} as integer)
            as morning_point

),

pointed as (

    select
        readings.delivery_sha256,
        deliveries.read_id,
        readings.meter_id,
        readings.file_name,
        readings.row_number,
        coalesce(cast(readings.t_factor as double), 1) as t_factor,
        {{ points_of('readings') }} as points,
        cast(
            {{ over_points('case when readings.{p} is null then 0 else 1 end', ' + ') }} as bigint
        ) as point_count,
        cast(
            {{ over_points('case when readings.{p} = 0 then 1 else 0 end', ' + ') }} as bigint
        ) as zero_point_count,
        greatest({{ over_points('readings.{p}', ', ') }}) as peak_kw,
        least({{ over_points('readings.{p}', ', ') }}) as min_kw,
        case greatest({{ over_points('readings.{p}', ', ') }})
            {{ over_points('when readings.{p} then {n}', ' ') }}
        end as peak_slot_number,
        -- One bit an hour of P1 to P96: 1 for 00:00 to 01:00, 2 for the next.
        cast(
            {% for hour in [
                0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23
            ] -%}
            case
                when
                    greatest(
                        readings.p{{ 4 * hour + 1 }}, readings.p{{ 4 * hour + 2 }},
                        readings.p{{ 4 * hour + 3 }}, readings.p{{ 4 * hour + 4 }}
                    ) > 0
                    then 0
                else {{ 2 ** hour }}
            end
            {%- if not loop.last %}
            +
            {% endif %}
            {%- endfor %} as bigint
        ) as dark_hours_mask,
        readings.reading_date,
        readings.received_at
    from readings
    inner join deliveries on readings.delivery_sha256 = deliveries.delivery_sha256
    where readings.data_type = 1

),

-- Exact decimal sums, then doubles: each is the double nearest to an exact number, so that products
-- and their rounding are the same on every run and engine.
measured as (

    select
        pointed.*,
        cast({{ sum_of_points('pointed.points', 1, 96) }} as double) as total_kw,
        cast(
            {{ sum_of_points('pointed.points', 'night.evening_point', 96) }}
            + {{ sum_of_points('pointed.points', 1, 'night.morning_point') }} as double
        ) as night_kw
    from pointed
    cross join night

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
        dark_hours_mask,
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
