-- Guards what a page says of a place: its total is the sum of the reasons listed under it, and
-- one reason is listed once.
select
    place_id,
    risk_date
from {{ ref('fct_site_risk') }}
group by place_id, risk_date
having
    sum(points) <> min(total_points)
    or min(total_points) <> max(total_points)
    or count(*) <> count(distinct factor_code)
