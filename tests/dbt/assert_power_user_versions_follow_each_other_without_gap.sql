-- Guards every join to the account as it stood on a day or at an alert: an overlap would double
-- the day, a gap would lose it.
with

versions as (

    select
        meter_id,
        valid_from_at,
        valid_to_at,
        lead(valid_from_at) over (partition by meter_id order by valid_from_at) as next_from_at
    from {{ ref('dim_power_users') }}

)

select * from versions
where
    valid_to_at is distinct from next_from_at
    or valid_to_at <= valid_from_at
