with

cadences as (

    select * from {{ ref('int_patrol_cadences') }}

),

-- A higher level's patrol does not discharge a lower level's. What a township files without a level
-- may be its own round or its villages': it counts for both and is owed by neither.
credited as (

    select
        patrol_level_code,
        patrol_level_code as credited_level_code,
        period_kind_code,
        valid_from_date
    from cadences
    union all
    select
        'undetermined' as patrol_level_code,
        patrol_level_code as credited_level_code,
        period_kind_code,
        valid_from_date
    from cadences
    where patrol_level_code in ('township', 'village')

),

final as (

    select
        patrol_level_code,
        credited_level_code,
        period_kind_code,
        min(valid_from_date) as valid_from_date
    from credited
    group by patrol_level_code, credited_level_code, period_kind_code

)

select * from final
