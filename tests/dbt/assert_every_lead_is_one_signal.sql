-- Guards the joins behind fct_signals and the spells under it: no lead, nor an event of mining, is
-- lost or doubled.
with

context as (

    select cast(as_of_at as date) as as_of_date
    from {{ source('build', 'context') }}

),

dated as (

    select
        'video' as source_code,
        event_date as lead_date
    from {{ ref('fct_video_events') }}
    where is_mining_related and not has_clock_error
    union all
    select
        'clue' as source_code,
        received_date as lead_date
    from {{ ref('fct_clues') }}
    union all
    select
        'patch' as source_code,
        issued_date as lead_date
    from {{ ref('fct_patches') }}
    union all
    select
        'power' as source_code,
        alert_date as lead_date
    from {{ ref('fct_power_alerts') }}
    where source_code = 'company'

),

leads as (

    select
        dated.source_code,
        count(*) as lead_count
    from dated
    inner join context on dated.lead_date <= context.as_of_date
    group by dated.source_code

),

signals as (

    select
        source_code,
        sum(repeat_count) as lead_count
    from {{ ref('fct_signals') }}
    group by source_code

)

select
    leads.source_code,
    leads.lead_count,
    signals.lead_count as signal_count
from leads
left join signals on leads.source_code = signals.source_code
where leads.lead_count <> coalesce(signals.lead_count, 0)
