-- Guards the joins of the families and of the engine, by what makes an obligation itself and not by
-- its hash: two rows of one duty would count its unit overdue twice.
select
    rule_code,
    owing_unit_code,
    subject_type,
    subject_id,
    period_start_date,
    trigger_id,
    count(*) as row_count
from {{ ref('fct_obligations') }}
group by
    rule_code, owing_unit_code, subject_type, subject_id, period_start_date, trigger_id
having count(*) > 1
