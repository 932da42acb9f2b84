with

resolved as (

    select * from {{ ref('int_explanations_resolved') }}

),

final as (

    select
        resolved.explanation_id,
        resolved.delivery_sha256,
        resolved.object_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.reason_text,
        resolved.document_number,
        resolved.unit_code,
        resolved.unit_name,
        resolved.object_kind_code,
        resolved.object_kind_name,
        resolved.conclusion_code,
        resolved.conclusion_name,
        resolved.row_number,
        resolved.explained_at is not null as is_answered,
        resolved.issued_at,
        resolved.explained_at
    from resolved

)

select * from final
