with

resolved as (

    select * from {{ ref('int_publicity_resolved') }}

),

final as (

    select
        resolved.delivery_sha256,
        resolved.publicity_id,
        resolved.case_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.medium_name,
        resolved.title_text,
        resolved.url_text,
        resolved.not_published_reason,
        resolved.unit_code,
        resolved.unit_name,
        resolved.publicity_kind_code,
        resolved.publicity_kind_name,
        resolved.publicity_form_code,
        resolved.publicity_form_name,
        resolved.row_number,
        coalesce(trim(resolved.not_published_reason), '') = '' as is_published,
        resolved.published_date
    from resolved

)

select * from final
