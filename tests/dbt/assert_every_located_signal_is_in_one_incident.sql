-- Guards the joins behind fct_incidents: its counts add up to the signals that are neither refuted
-- nor nowhere.
with

signals as (

    select
        count(*) as signal_count,
        sum(repeat_count) as repeat_count
    from {{ ref('fct_signals') }}
    where not is_dismissed and place_kind_code in ('site', 'unregistered', 'village')

),

incidents as (

    select
        sum(signal_count) as signal_count,
        sum(repeat_count) as repeat_count
    from {{ ref('fct_incidents') }}

)

select
    signals.signal_count,
    incidents.signal_count as gathered_count
from signals
cross join incidents
where
    signals.signal_count <> coalesce(incidents.signal_count, 0)
    or coalesce(signals.repeat_count, 0) <> coalesce(incidents.repeat_count, 0)
