with

packages as (

    select * from {{ ref('stg_county_packages') }}

),

final as (

    select
        {{ hash_id(['county_code', 'item_code', 'level_code', 'month_start_date']) }}
            as county_metric_id,
        county_code,
        item_code as metric_code,
        level_code,
        delivery_sha256,
        county_name,
        item_name as metric_name,
        unit_text,
        numerator,
        denominator,
        metric_value,
        cumulative_numerator,
        cumulative_denominator,
        cumulative_value,
        target_number,
        member_count,
        met_count,
        missed_count,
        is_sample,
        month_start_date,
        as_of_at,
        received_at
    from packages
    where table_code = 'metrics'

)

select * from final
