with

resolved as (

    select * from {{ ref('int_measures_resolved') }}

),

final as (

    select
        resolved.measure_id,
        resolved.delivery_sha256,
        resolved.file_name,
        resolved.sheet_name,
        resolved.item_text,
        resolved.document_number,
        resolved.url_text,
        resolved.unit_code,
        resolved.unit_name,
        resolved.measure_item_code,
        resolved.measure_item_name,
        resolved.clause_code,
        resolved.row_number,
        coalesce(resolved.document_number, '') <> ''
        or coalesce(resolved.url_text, '') <> '' as is_documented,
        resolved.completed_date
    from resolved

)

select * from final
