with

packages as (

    select * from {{ source('raw', 'county_packages') }}

),

-- A package is delivered whole: a figure that the later one leaves out is no figure any more.
final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(county_code) as county_code,
        trim(table_code) as table_code,
        trim(item_code) as item_code,
        trim(level_code) as level_code,
        trim(forecast_code) as forecast_code,
        trim(version_id) as version_id,
        -- text
        _file_name as file_name,
        trim(county_name) as county_name,
        trim(item_name) as item_name,
        trim(unit_text) as unit_text,
        -- numbers
        cast(numerator as decimal(18, 4)) as numerator,
        cast(denominator as decimal(18, 4)) as denominator,
        cast(metric_value as decimal(18, 4)) as metric_value,
        cast(cumulative_numerator as decimal(18, 4)) as cumulative_numerator,
        cast(cumulative_denominator as decimal(18, 4)) as cumulative_denominator,
        cast(cumulative_value as decimal(18, 4)) as cumulative_value,
        cast(target_number as decimal(18, 4)) as target_number,
        cast(member_count as bigint) as member_count,
        cast(met_count as bigint) as met_count,
        cast(missed_count as bigint) as missed_count,
        cast(planned_count as bigint) as planned_count,
        cast(done_count as bigint) as done_count,
        cast(done_in_time_count as bigint) as done_in_time_count,
        cast(discovered_count as bigint) as discovered_count,
        cast(filed_count as bigint) as filed_count,
        cast(decided_count as bigint) as decided_count,
        cast(closed_count as bigint) as closed_count,
        cast(transferred_count as bigint) as transferred_count,
        cast(registered_count as bigint) as registered_count,
        cast(open_count as bigint) as open_count,
        _row_number as row_number,
        -- booleans
        coalesce(sample_code = 'yes', false) as is_sample,
        -- dates and times
        cast(month_date as date) as month_start_date,
        cast(due_date as date) as due_date,
        cast(forecast_date as date) as forecast_date,
        cast(as_of_at as timestamp) as as_of_at,
        _received_at as received_at
    from packages
    where _reject_reasons is null
    qualify
        rank() over (
            partition by county_code, month_date
            order by _received_at desc, _file_name desc, _delivery_sha256 desc
        ) = 1
        and row_number() over (
            partition by
                county_code, month_date, _delivery_sha256, table_code, item_code,
                coalesce(level_code, '')
            order by _row_number desc
        ) = 1

)

select * from final
