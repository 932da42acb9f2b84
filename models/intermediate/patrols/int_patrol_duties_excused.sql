with

lines as (

    select * from {{ ref('int_patrols_credited') }}
    where not is_superseded

),

forms as (

    select * from {{ ref('int_patrol_forms_credited') }}
    where not is_superseded

),

-- What may have been a round without our knowing whose, where or when. A line whose level is not
-- known and that names no place may be of any in its township, and a township's bare form without
-- lines may be all its villages' zero report. The lines of a form without a date do not count, but
-- the form tells that there was something.
unclear as (

    select
        patrol_level_code,
        'village' as subject_kind_code,
        period_kind_code,
        township_code,
        village_code as subject_id,
        period_start_date,
        received_at
    from lines
    where
        (village_code is not null and period_start_date is null)
        or (is_level_undetermined and village_code is null and site_id is null)
    union all
    select
        patrol_level_code,
        'site' as subject_kind_code,
        period_kind_code,
        township_code,
        site_id as subject_id,
        period_start_date,
        received_at
    from lines
    where
        (site_id is not null and period_start_date is null)
        or (is_level_undetermined and village_code is null and site_id is null)
    union all
    select
        patrol_level_code,
        'village' as subject_kind_code,
        period_kind_code,
        township_code,
        village_code as subject_id,
        period_start_date,
        received_at
    from forms
    where
        patrol_level_code = 'village'
        and township_code is not null
        and (period_start_date is null or (is_zero_report and is_level_undetermined))
    union all
    select
        patrol_level_code,
        'site' as subject_kind_code,
        period_kind_code,
        township_code,
        cast(null as varchar) as subject_id,
        period_start_date,
        received_at
    from forms
    where
        patrol_level_code = 'township' and township_code is not null and period_start_date is null

),

-- What has no period at all is of the one it arrived in or of the one before.
dated as (

    select
        *,
        coalesce(
            period_start_date,
            {{ period_start_date('period_kind_code', 'cast(received_at as date)') }}
        ) as last_start_date
    from unclear

),

spread as (

    select
        patrol_level_code,
        subject_kind_code,
        township_code,
        subject_id,
        last_start_date as period_start_date
    from dated
    union all
    select
        patrol_level_code,
        subject_kind_code,
        township_code,
        subject_id,
        {{ period_start_date(
            'period_kind_code', "cast(last_start_date - interval '1' day as date)"
        ) }} as period_start_date
    from dated
    where period_start_date is null

),

final as (

    select distinct
        patrol_level_code,
        subject_kind_code,
        case when subject_id is null then township_code end as township_code,
        subject_id,
        period_start_date
    from spread

)

select * from final
