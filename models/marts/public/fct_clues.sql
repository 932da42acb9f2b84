-- A white list: nothing here says who reported, in which words, or from where exactly. Who may open
-- the archive finds the delivered row by delivery and row number.
with

clues as (

    select * from {{ ref('int_clues_resolved') }}

),

matched as (

    select
        mention_id,
        site_id,
        township_code,
        village_code
    from {{ ref('int_mentions_matched') }}
    where source_code = 'clue'

),

timed as (

    select
        clues.*,
        {{ step_seconds('clues.received_at', 'clues.transferred_at') }} as seconds_to_transfer,
        {{ step_seconds('clues.received_at', 'clues.verified_at') }} as seconds_to_verify,
        {{ step_seconds('clues.received_at', 'clues.answered_at') }} as seconds_to_answer,
        clues.verified_at is not null or clues.result_code <> 'none' as is_verified,
        {{ is_step_before('clues.received_at', 'clues.transferred_at') }}
        or {{ is_step_before('clues.received_at', 'clues.verified_at') }}
        or {{ is_step_before('clues.received_at', 'clues.answered_at') }} as has_steps_out_of_order
    from clues

),

-- Whoever reports again after the answer does not believe it.
reported_again as (

    select distinct answered.clue_id
    from timed as answered
    inner join matched as answered_place
        on {{ hash_id(["'clue'", 'answered.clue_id']) }} = answered_place.mention_id
    inner join matched as later_place on answered_place.site_id = later_place.site_id
    inner join timed as later
        on {{ hash_id(["'clue'", 'later.clue_id']) }} = later_place.mention_id
    where
        answered.result_code = 'unfounded'
        and {{ seconds_between('answered.verified_at', 'later.received_at') }} > 0
        and {{ seconds_between('answered.verified_at', 'later.received_at') }}
        <= {{ setting('clue_repeat_days') }} * 86400

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

final as (

    select
        -- ids
        timed.clue_id,
        timed.delivery_sha256,
        matched.township_code,
        townships.township_name,
        matched.village_code,
        villages.village_name,
        matched.site_id,
        timed.case_id,
        -- text
        timed.channel_code,
        timed.channel_name,
        timed.transferred_unit_code,
        timed.transferred_unit_name,
        timed.result_code,
        -- The furthest step counts, also where one before it was not entered.
        case
            when timed.answered_at is not null then 'answered'
            when timed.is_verified then 'verified'
            when timed.is_transferred then 'transferred'
            else 'received'
        end as state_code,
        -- numbers
        timed.row_number,
        cast(round(cast(timed.seconds_to_transfer as double) / 86400, 2) as decimal(12, 2))
            as days_to_transfer,
        cast(round(cast(timed.seconds_to_verify as double) / 86400, 2) as decimal(12, 2))
            as days_to_verify,
        cast(round(cast(timed.seconds_to_answer as double) / 86400, 2) as decimal(12, 2))
            as days_to_answer,
        -- booleans
        timed.is_real_name,
        timed.is_verified,
        -- 部分属实 is a clue that led somewhere.
        timed.result_code in ('confirmed', 'partly_confirmed') as is_confirmed,
        timed.answered_at is not null as is_answered,
        timed.case_id is not null as has_case,
        timed.has_steps_out_of_order,
        reported_again.clue_id is not null as is_reported_again,
        -- dates
        cast(timed.received_at as date) as received_date,
        cast(date_trunc('week', timed.received_at) as date) as received_week_date,
        -- timestamps
        timed.received_at,
        timed.transferred_at,
        timed.verified_at,
        timed.answered_at
    from timed
    left join matched on {{ hash_id(["'clue'", 'timed.clue_id']) }} = matched.mention_id
    left join reported_again on timed.clue_id = reported_again.clue_id
    left join townships on matched.township_code = townships.township_code
    left join villages on matched.village_code = villages.village_code

)

select * from final
