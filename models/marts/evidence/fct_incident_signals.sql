with

-- What was found to be nothing, or lies nowhere in particular, makes no incident.
signals as (

    select * from {{ ref('fct_signals') }}
    where
        not is_dismissed
        and place_kind_code in ('site', 'unregistered', 'village')

),

-- When any earlier signal of the place was last seen, the one before or one that went on longer.
followed as (

    select
        signal_id,
        place_id,
        started_at,
        max(ended_at) over (
            partition by place_id
            order by started_at, signal_id
            rows between unbounded preceding and 1 preceding
        ) as seen_before_at
    from signals

),

numbered as (

    select
        signal_id,
        place_id,
        started_at,
        sum(
            case
                when
                    {{ seconds_between('seen_before_at', 'started_at') }}
                    <= {{ setting('incident_gap_days') }} * 86400
                    then 0
                else 1
            end
        ) over (
            partition by place_id
            order by started_at, signal_id
            rows between unbounded preceding and current row
        ) as incident_number
    from followed

),

ranked as (

    select
        *,
        row_number() over (
            partition by place_id, incident_number
            order by started_at, signal_id
        ) as signal_rank
    from numbered

),

final as (

    select
        signal_id,
        -- An incident is called by its first signal. Should an earlier one turn up, its former
        -- name is that of another of its signals, and so still found here.
        min(case when signal_rank = 1 then signal_id end) over (
            partition by place_id, incident_number
        ) as incident_id,
        signal_rank,
        signal_rank = 1 as is_first
    from ranked

)

select * from final
