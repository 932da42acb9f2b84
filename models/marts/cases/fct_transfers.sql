with

resolved as (

    select * from {{ ref('int_transfers_resolved') }}

),

final as (

    select
        resolved.delivery_sha256,
        resolved.transfer_id,
        resolved.case_id,
        resolved.clue_id,
        resolved.file_name,
        resolved.sheet_name,
        resolved.result_text,
        resolved.from_unit_code,
        resolved.from_unit_name,
        resolved.to_unit_code,
        resolved.to_unit_name,
        resolved.transfer_kind_code,
        resolved.transfer_kind_name,
        resolved.chain_link_code,
        resolved.chain_link_name,
        resolved.row_number,
        resolved.transfer_kind_code = 'official' as is_about_officials,
        resolved.acknowledged_at is not null as is_acknowledged,
        resolved.answered_at is not null as is_answered,
        coalesce(resolved.acknowledged_at < resolved.transferred_at, false)
        or coalesce(resolved.answered_at < resolved.transferred_at, false) as has_time_conflict,
        resolved.transferred_at,
        resolved.acknowledged_at,
        resolved.answered_at
    from resolved

)

select * from final
