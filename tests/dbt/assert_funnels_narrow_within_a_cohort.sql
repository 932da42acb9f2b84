-- Of what came in a month, no more went a step further than had gone the step before.
with

monthly as (

    select * from {{ ref('fct_metrics_monthly') }}

),

steps as (

    select
        listed.before_code,
        listed.after_code
    from (
        values
        ('clues_received', 'clues_verified'),
        ('clues_verified', 'clues_confirmed'),
        ('clues_confirmed', 'confirmed_clues_with_case'),
        ('clues_received', 'clues_with_case'),
        ('transfers_made', 'transfers_acknowledged'),
        ('transfers_acknowledged', 'transfers_answered'),
        ('video_events', 'video_verified'),
        ('video_verified', 'video_false_alarms'),
        ('power_alerts', 'power_alerts_checked'),
        ('power_alerts_checked', 'power_alerts_confirmed'),
        ('rewards_recognised', 'rewards_in_full'),
        ('inspections', 'inspection_problems'),
        ('inspection_problems', 'inspection_problems_rectified'),
        ('patrol_lines', 'patrol_findings'),
        ('patrol_lines', 'patrol_lines_copied'),
        ('ledger_forms', 'ledger_zero_reports')
    ) as listed (before_code, after_code)

)

select
    steps.before_code,
    steps.after_code,
    earlier.month_start_date,
    earlier.scope_code,
    earlier.township_code,
    earlier.numerator as before_count,
    later.numerator as after_count
from steps
inner join monthly as earlier
    on
        steps.before_code = earlier.metric_code
        and earlier.scope_code in ('county', 'township')
left join monthly as later
    on
        steps.after_code = later.metric_code
        and earlier.scope_code = later.scope_code
        and earlier.month_start_date = later.month_start_date
        and coalesce(earlier.township_code, '') = coalesce(later.township_code, '')
where coalesce(later.numerator, 0) > earlier.numerator
