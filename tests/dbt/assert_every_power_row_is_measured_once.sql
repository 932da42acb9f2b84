-- Guards the appended feature table: a delivery measured twice would double nothing visible today
-- and everything tomorrow; one left out would be missing days that nobody notices.
with

delivered as (

    select
        readings.delivery_sha256,
        count(*) as row_count
    from {{ ref('stg_power_readings') }} as readings
    where readings.data_type = 1
    group by readings.delivery_sha256

),

measured as (

    select
        features.delivery_sha256,
        count(*) as row_count
    from {{ ref('int_power_days_measured') }} as features
    inner join {{ source('build', 'deliveries') }} as deliveries
        on
            features.delivery_sha256 = deliveries.delivery_sha256
            and features.read_id = deliveries.read_id
            and deliveries.outcome_code = 'used'
    group by features.delivery_sha256

)

select
    coalesce(delivered.delivery_sha256, measured.delivery_sha256) as delivery_sha256,
    delivered.row_count as delivered_count,
    measured.row_count as measured_count
from delivered
full outer join measured on delivered.delivery_sha256 = measured.delivery_sha256
where delivered.row_count is distinct from measured.row_count
