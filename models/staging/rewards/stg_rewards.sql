with

rewards as (

    select * from {{ source('raw', 'rewards') }}

),

final as (

    select
        -- ids
        _delivery_sha256 as delivery_sha256,
        trim(reward_id) as reward_id,
        trim(clue_id) as clue_id,
        -- text
        _file_name as file_name,
        _sheet as sheet_name,
        trim(no_reward_reason) as no_reward_reason,
        -- numbers
        _row_number as row_number,
        cast(approved_yuan as decimal(18, 4)) as approved_yuan,
        cast(paid_yuan as decimal(18, 4)) as paid_yuan,
        -- dates and times
        cast(recognised_date as date) as recognised_date,
        cast(paid_date as date) as paid_date,
        _received_at as received_at,
        min(
            case
                when recognised_date is not null or no_reward_reason is not null
                    then _received_at
            end
        ) over (partition by reward_id) as recognised_reported_at,
        min(case when paid_date is not null then _received_at end) over (partition by reward_id)
            as paid_reported_at
    from rewards
    where _reject_reasons is null
    qualify row_number() over (
        partition by reward_id
        order by
            _received_at desc, _file_name desc, _delivery_sha256 desc,
            _sheet desc nulls last, _row_number desc
    ) = 1

)

select * from final
