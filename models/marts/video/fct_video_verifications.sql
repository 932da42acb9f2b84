with

verifications as (

    select * from {{ ref('int_video_verifications_matched') }}

),

final as (

    select
        stated_event_id,
        video_event_id,
        delivery_sha256,
        verifying_unit_code,
        verifying_unit_name,
        case_id,
        clue_id,
        verification_code,
        disposition_text,
        file_name,
        sheet_name,
        row_number,
        is_known_event,
        is_counted,
        verified_at,
        disposed_at,
        received_at as reported_at
    from verifications

)

select * from final
