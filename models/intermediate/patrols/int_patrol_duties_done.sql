with

lines as (

    select * from {{ ref('int_patrols_credited') }}

),

forms as (

    select * from {{ ref('int_patrol_forms_credited') }}

),

cadences as (

    select * from {{ ref('int_patrol_cadences') }}

),

-- A village that reports that there is nothing has made its round. A township's zero report says
-- nothing of any one site.
subjects as (

    select
        patrol_level_code,
        'village' as subject_kind_code,
        village_code as subject_id,
        period_kind_code,
        'patrol' as evidence_type,
        patrol_id as evidence_id,
        is_superseded,
        done_date,
        period_start_date,
        received_at
    from lines
    union all
    select
        patrol_level_code,
        'site' as subject_kind_code,
        site_id as subject_id,
        period_kind_code,
        'patrol' as evidence_type,
        patrol_id as evidence_id,
        is_superseded,
        done_date,
        period_start_date,
        received_at
    from lines
    union all
    select
        patrol_level_code,
        'village' as subject_kind_code,
        village_code as subject_id,
        period_kind_code,
        'zero_report' as evidence_type,
        form_id as evidence_id,
        is_superseded,
        least(filled_date, {{ period_end_date('period_kind_code', 'period_start_date') }})
            as done_date,
        period_start_date,
        received_at
    from forms
    where is_zero_report

),

-- A village owes its round and not one for each site, the others owe the sites: of the rest nobody
-- asks whether it was done.
owed as (

    select
        subjects.*,
        cadences.grace_hours,
        {{ period_end_date('subjects.period_kind_code', 'subjects.period_start_date') }}
            as period_end_date
    from subjects
    inner join cadences
        on
            subjects.patrol_level_code = cadences.patrol_level_code
            and subjects.period_kind_code = cadences.period_kind_code
            and subjects.subject_kind_code = cadences.subject_kind_code
            and subjects.period_start_date >= cadences.valid_from_date
            and coalesce(subjects.period_start_date < cadences.valid_to_date, true)
    where subjects.subject_id is not null

),

-- What a later form replaces counts for nothing, except that its subject had been reported by then.
reported as (

    select
        *,
        least(
            received_at,
            min(case when is_superseded then received_at end) over (
                partition by
                    patrol_level_code, subject_kind_code, subject_id, period_kind_code,
                    period_start_date
            )
        ) as reported_at
    from owed

),

judged as (

    select
        *,
        coalesce(
            coalesce(done_date <= period_end_date, true)
            and reported_at
            <= cast(period_end_date + interval '1' day as timestamp)
            + grace_hours * interval '1' hour,
            false
        ) as is_in_time
    from reported
    where not is_superseded

),

-- The earliest that counts in time, else the earliest.
final as (

    select
        patrol_level_code,
        subject_kind_code,
        subject_id,
        evidence_type,
        evidence_id,
        period_start_date,
        cast(done_date as timestamp) as fulfilled_at,
        reported_at
    from judged
    qualify row_number() over (
        partition by patrol_level_code, subject_kind_code, subject_id, period_start_date
        order by
            case when is_in_time then 0 else 1 end,
            done_date asc nulls last,
            reported_at asc,
            evidence_id asc
    ) = 1

)

select * from final
