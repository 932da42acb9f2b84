-- Guards the merging of steps that were written in several ways: each delivered row is a writing
-- of one step alone, so the writings of a case add up to its rows; its steps are numbered through.
with

delivered as (

    select
        case_id,
        count(*) as row_count
    from {{ ref('stg_case_events') }}
    group by case_id

),

merged as (

    select
        case_id,
        sum(writing_count) as row_count,
        count(*) as step_count
    from {{ ref('int_case_events_merged') }}
    group by case_id

),

published as (

    select
        case_id,
        count(*) as step_count,
        max(sequence_number) as last_number,
        count(distinct sequence_number) as number_count
    from {{ ref('fct_case_events') }}
    group by case_id

)

select
    coalesce(delivered.case_id, merged.case_id) as case_id,
    delivered.row_count as delivered_count,
    merged.row_count as merged_count,
    merged.step_count,
    published.step_count as published_count
from delivered
full outer join merged on delivered.case_id = merged.case_id
full outer join published on delivered.case_id = published.case_id
where
    delivered.row_count is distinct from merged.row_count
    or merged.step_count is distinct from published.step_count
    or published.step_count is distinct from published.number_count
    or published.step_count is distinct from published.last_number
