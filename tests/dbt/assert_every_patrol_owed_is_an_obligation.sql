-- A subject and period that fall out on the way would turn silence into nothing owed.
select
    expected.rule_code,
    expected.subject_id,
    expected.period_start_date
from {{ ref('int_patrol_duties_expected') }} as expected
left join {{ ref('fct_obligations') }} as obligations
    on
        expected.rule_code = obligations.rule_code
        and expected.subject_kind_code = obligations.subject_type
        and expected.subject_id = obligations.subject_id
        and expected.period_start_date = obligations.period_start_date
where obligations.obligation_id is null
