with

resolved as (

    select * from {{ ref('int_rewards_resolved') }}

),

final as (

    select
        resolved.delivery_sha256,
        resolved.reward_id,
        resolved.clue_id,
        resolved.row_number,
        resolved.approved_yuan,
        resolved.paid_yuan,
        resolved.is_known_clue,
        coalesce(resolved.paid_yuan > 0, false) and resolved.paid_date is not null as is_paid,
        coalesce(resolved.paid_yuan >= resolved.approved_yuan and resolved.approved_yuan > 0, false)
        and resolved.paid_date is not null as is_paid_in_full,
        -- The reason itself is free text and may name who reported.
        coalesce(trim(resolved.no_reward_reason), '') <> '' as is_refused,
        resolved.recognised_date,
        resolved.paid_date
    from resolved

)

select * from final
