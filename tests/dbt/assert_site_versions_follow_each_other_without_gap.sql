-- Guards every join to the version in force at a moment: an overlap would double the fact, a
-- gap would lose it.
with

versions as (

    select
        site_id,
        valid_from_at,
        valid_to_at,
        lead(valid_from_at) over (partition by site_id order by valid_from_at) as next_from_at
    from {{ ref('dim_sites') }}

)

select * from versions
where
    valid_to_at is distinct from next_from_at
    or valid_to_at <= valid_from_at
