with

staged as (

    select * from {{ ref('stg_rewards') }}

),

clues as (

    select distinct clue_id from {{ ref('stg_clues') }}

),

final as (

    select
        staged.delivery_sha256,
        staged.reward_id,
        staged.clue_id,
        staged.no_reward_reason,
        staged.row_number,
        staged.approved_yuan,
        staged.paid_yuan,
        clues.clue_id is not null as is_known_clue,
        staged.recognised_date,
        staged.paid_date
    from staged
    left join clues on staged.clue_id = clues.clue_id

)

select * from final
