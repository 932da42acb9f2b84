-- Guards the joins of the register with places, stages and pauses: a case without a step or on an
-- unknown place must come through, and no word of it with two meanings may bring it twice.
with

registered as (

    select
        case_id,
        count(*) as row_count
    from {{ ref('stg_cases') }}
    group by case_id

),

published as (

    select
        case_id,
        count(*) as row_count
    from {{ ref('fct_cases') }}
    group by case_id

)

select
    coalesce(registered.case_id, published.case_id) as case_id,
    registered.row_count as registered_count,
    published.row_count as published_count
from registered
full outer join published on registered.case_id = published.case_id
where registered.row_count is distinct from published.row_count
