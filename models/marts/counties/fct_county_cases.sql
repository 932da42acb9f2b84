with

packages as (

    select * from {{ ref('stg_county_packages') }}

),

final as (

    select
        {{ hash_id(['county_code', 'item_code', 'month_start_date']) }}
            as county_case_type_id,
        county_code,
        item_code as case_type_code,
        delivery_sha256,
        county_name,
        item_name as case_type_name,
        discovered_count,
        filed_count,
        decided_count,
        closed_count,
        transferred_count,
        registered_count,
        open_count,
        is_sample,
        month_start_date,
        received_at
    from packages
    where table_code = 'cases'

)

select * from final
