-- Guards the joins from the ledger to the mart: a line on an unknown place, of an unknown unit or
-- without a period must come through, and lines of replaced forms must be all that is missing.
with

delivered as (

    select
        lines.form_id,
        count(*) as row_count
    from {{ ref('stg_patrol_ledger') }} as lines
    inner join {{ ref('int_patrol_forms_superseded') }} as superseded
        on lines.form_id = superseded.form_id
    where not superseded.is_superseded
    group by lines.form_id

),

published as (

    select
        form_id,
        count(*) as row_count
    from {{ ref('fct_patrols') }}
    group by form_id

)

select
    coalesce(delivered.form_id, published.form_id) as form_id,
    delivered.row_count as delivered_count,
    published.row_count as published_count
from delivered
full outer join published on delivered.form_id = published.form_id
where delivered.row_count is distinct from published.row_count
