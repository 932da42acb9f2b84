-- A subject counted twice, or one that was not owed, would show as more than all of them.
select
    township_code,
    patrol_level_code,
    period_start_date,
    expected_count,
    done_count
from {{ ref('rpt_patrol_coverage') }}
where done_count > expected_count
