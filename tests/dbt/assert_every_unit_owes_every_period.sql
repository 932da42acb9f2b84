-- A unit and period that fall out on the way would turn silence into nothing owed.
select
    periods.rule_code,
    owners.unit_code,
    periods.period_start_date
from {{ ref('int_obligation_periods') }} as periods
inner join {{ ref('int_rule_owners') }} as owners
    on
        periods.rule_code = owners.rule_code
        and periods.period_start_date >= owners.valid_from_date
        and coalesce(periods.period_start_date < owners.valid_to_date, true)
left join {{ ref('fct_obligations') }} as obligations
    on
        periods.rule_code = obligations.rule_code
        and owners.unit_code = obligations.owing_unit_code
        and periods.period_start_date = obligations.period_start_date
where obligations.obligation_id is null
