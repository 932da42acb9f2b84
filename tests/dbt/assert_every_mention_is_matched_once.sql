-- Guards the joins behind int_mentions_matched: a name that two townships bear must not double a
-- mention, and one that says nothing anybody can find must come through.
with

said as (

    select
        'patrol' as source_code,
        count(*) as row_count
    from {{ ref('stg_patrol_ledger') }}
    union all
    select
        'case' as source_code,
        count(*) as row_count
    from {{ ref('stg_cases') }}
    union all
    select
        'clue' as source_code,
        count(*) as row_count
    from {{ ref('stg_clues') }}
    union all
    select
        'power_user' as source_code,
        count(distinct meter_id) as row_count
    from {{ ref('stg_power_users') }}
    union all
    select
        'camera' as source_code,
        count(*) as row_count
    from {{ ref('stg_cameras') }}
    union all
    select
        'video_point' as source_code,
        count(*) as row_count
    from {{ ref('int_video_event_points') }}
    union all
    select
        'patch' as source_code,
        count(*) as row_count
    from {{ ref('stg_patches') }}

),

matched as (

    select
        source_code,
        count(*) as row_count,
        count(distinct mention_id) as mention_count
    from {{ ref('int_mentions_matched') }}
    group by source_code

)

select
    said.source_code,
    said.row_count as said_count,
    matched.row_count as matched_count,
    matched.mention_count
from said
left join matched on said.source_code = matched.source_code
where
    said.row_count is distinct from coalesce(matched.row_count, 0)
    or said.row_count is distinct from coalesce(matched.mention_count, 0)
