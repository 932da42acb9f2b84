-- Guards the joins to channels, units and places: a clue about a place nobody knows must come
-- through, and one passed to a unit of many names only once.
with

delivered as (

    select distinct trim(clue_id) as clue_id
    from {{ source('raw', 'clues') }}
    where _reject_reasons is null

),

listed as (

    select
        clue_id,
        count(*) as row_count
    from {{ ref('fct_clues') }}
    group by clue_id

)

select
    delivered.clue_id,
    listed.clue_id as mart_clue_id,
    listed.row_count
from delivered
full outer join listed on delivered.clue_id = listed.clue_id
where
    delivered.clue_id is null
    or listed.row_count is distinct from 1
