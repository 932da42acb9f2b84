-- A clock that runs without being listed would hide that nobody acts on it.
select
    clocks.rule_code,
    clocks.subject_id,
    clocks.trigger_id
from {{ ref('int_clocks_started') }} as clocks
left join {{ ref('fct_obligations') }} as obligations
    on
        clocks.rule_code = obligations.rule_code
        and clocks.subject_type = obligations.subject_type
        and clocks.subject_id = obligations.subject_id
        and clocks.trigger_id is not distinct from obligations.trigger_id
where obligations.obligation_id is null
