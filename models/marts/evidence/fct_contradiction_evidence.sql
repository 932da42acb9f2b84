with

evidence as (

    select * from {{ ref('int_contradictions_unioned') }}

),

final as (

    select
        contradiction_evidence_id,
        contradiction_id,
        evidence_type,
        evidence_id,
        signal_id,
        evidence_delivery_sha256,
        confidence_code,
        evidence_text,
        evidence_file_name,
        evidence_sheet_name,
        evidence_row_number,
        evidence_rank,
        distance_m,
        hours_between,
        known_date,
        evidence_date,
        evidence_at
    from evidence

)

select * from final
