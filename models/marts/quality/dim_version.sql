with

context as (

    select * from {{ source('build', 'context') }}

),

deliveries as (

    select * from {{ source('build', 'deliveries') }}

),

used as (

    select count(distinct delivery_sha256) as delivery_count
    from deliveries
    where outcome_code = 'used'

),

final as (

    select
        context.version_id,
        context.county_code,
        context.county_name,
        context.code_hash,
        context.base_version_id,
        context.dbt_version,
        context.duckdb_version,
        used.delivery_count,
        context.is_sample,
        context.is_as_of_build,
        context.as_of_at,
        context.built_at
    from context
    cross join used

)

select * from final
