-- Guards the scopes: a camera in a township that is none of today's must still be counted once.
select
    deadline_code,
    week_start_date
from {{ ref('fct_deadline_progress') }}
group by deadline_code, week_start_date
having
    sum(case when scope_code = 'county' then planned_count else 0 end)
    != sum(case when scope_code != 'county' then planned_count else 0 end)
    or sum(case when scope_code = 'county' then done_count else 0 end)
    != sum(case when scope_code != 'county' then done_count else 0 end)
    or count(case when scope_code = 'county' then 1 end) != 1
