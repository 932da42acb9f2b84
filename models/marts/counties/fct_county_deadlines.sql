with

packages as (

    select * from {{ ref('stg_county_packages') }}

),

final as (

    select
        {{ hash_id(['county_code', 'item_code', 'month_start_date']) }}
            as county_deadline_id,
        county_code,
        item_code as deadline_code,
        forecast_code,
        delivery_sha256,
        county_name,
        item_name as deadline_name,
        planned_count,
        done_count,
        done_in_time_count,
        case
            when planned_count > 0
                then
                    cast(
                        round(cast(done_count as double) * 100 / planned_count, 2) as decimal(5, 2)
                    )
        end as done_pct,
        is_sample,
        month_start_date,
        due_date,
        forecast_date,
        received_at
    from packages
    where table_code = 'deadlines'

)

select * from final
