with

forms as (

    select * from {{ source('build', 'delivery_forms') }}
    where feed_code = 'patrol_ledger'

),

final as (

    select
        -- ids
        {{ hash_id(['delivery_sha256', 'form_number']) }} as form_id,
        delivery_sha256,
        -- text
        sheet_name,
        trim(title_text) as title_text,
        nullif(trim(reporting_unit_name), '') as reporting_unit_name,
        trim(period_text) as period_text,
        trim(level_text) as level_text,
        file_name,
        file_stem,
        -- numbers
        form_number,
        row_count,
        -- booleans
        is_zero_report,
        -- dates and times
        filled_date,
        received_at
    from forms

)

select * from final
