-- Posts, vehicles, equipment and money can be more than was due.
select *
from {{ ref('fct_metrics_monthly') }}
where
    (numerator > denominator or numerator < 0 or cumulative_numerator > cumulative_denominator)
    and metric_code not in (
        'posts_filled', 'vehicles_provided', 'equipment_provided', 'budget_paid'
    )
