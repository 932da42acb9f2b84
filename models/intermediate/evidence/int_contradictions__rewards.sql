{%- set reward = {
    'claim_type': "'reward'", 'claim_id': 'reward_id', 'claim_delivery_sha256': 'delivery_sha256',
    'claim_row_number': 'row_number', 'township_code': 'township_code', 'hours_between': '0',
    'claim_date': 'claim_date', 'claimed_at': 'cast(claim_date as timestamp)',
    'confidence_code': "'high'",
} -%}

with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X26'

),

-- Of a clue only its state is told.
clues as (

    select * from {{ ref('fct_clues') }}

),

rewards as (

    select
        rewards.*,
        clues.township_code,
        clues.result_code,
        clues.delivery_sha256 as clue_delivery_sha256,
        clues.row_number as clue_row_number,
        clues.received_date,
        coalesce(clues.verified_at, clues.received_at) as verified_at,
        coalesce(rewards.paid_date, rewards.recognised_date) as claim_date,
        cast(greatest(rewards.approved_yuan, coalesce(rewards.paid_yuan, 0)) as bigint) as yuan
    from {{ ref('fct_rewards') }} as rewards
    left join clues on rewards.clue_id = clues.clue_id
    where
        not rewards.is_refused and rewards.approved_yuan > 0
        and coalesce(rewards.paid_date, rewards.recognised_date) is not null

),

told as (

    select
        *,
        '奖励' || reward_id || '金额' || cast(yuan as varchar) || '元' as reward_text
    from rewards

),

outside as (

    select
        told.*,
        rules.value_yuan_min,
        rules.value_yuan_max
    from told
    cross join rules
    where told.yuan < rules.value_yuan_min or told.yuan > rules.value_yuan_max

),

unfounded as (

    select * from told
    where result_code = 'unfounded'

),

-- One clue is rewarded once.
again as (

    select
        told.*,
        earlier.reward_id as other_reward_id,
        earlier.delivery_sha256 as other_delivery_sha256,
        earlier.row_number as other_row_number,
        earlier.claim_date as other_date
    from told
    inner join told as earlier on told.clue_id = earlier.clue_id
    where
        told.claim_date > earlier.claim_date
        or (told.claim_date = earlier.claim_date and told.reward_id > earlier.reward_id)

),

final as (

    {{ contradiction_rows('X26', 'outside', dict(reward, **{
        'claim_text': 'reward_text',
        'evidence_type': "'reward'",
        'evidence_id': 'reward_id',
        'evidence_delivery_sha256': 'delivery_sha256',
        'evidence_row_number': 'row_number',
        'evidence_text': "'规定的奖励金额为' || cast(value_yuan_min as varchar) || '至'"
            " || cast(value_yuan_max as varchar) || '元'",
        'evidence_date': 'claim_date',
        'evidence_at': 'cast(claim_date as timestamp)',
    })) }}
    union all
    {{ contradiction_rows('X26', 'unfounded', dict(reward, **{
        'claim_text': 'reward_text',
        'evidence_type': "'clue'",
        'evidence_id': 'clue_id',
        'evidence_delivery_sha256': 'clue_delivery_sha256',
        'evidence_row_number': 'clue_row_number',
        'evidence_text': "'所奖励的线索核查结果为不属实'",
        'evidence_date': 'received_date',
        'evidence_at': 'verified_at',
    })) }}
    union all
    {{ contradiction_rows('X26', 'again', dict(reward, **{
        'claim_text': 'reward_text',
        'evidence_type': "'reward'",
        'evidence_id': 'other_reward_id',
        'evidence_delivery_sha256': 'other_delivery_sha256',
        'evidence_row_number': 'other_row_number',
        'evidence_text': "'同一线索此前已有奖励' || other_reward_id",
        'evidence_date': 'other_date',
        'evidence_at': 'cast(other_date as timestamp)',
    })) }}

)

select * from final
