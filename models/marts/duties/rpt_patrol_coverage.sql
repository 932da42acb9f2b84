with

owed as (

    select * from {{ ref('int_patrol_periods_owed') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

expected as (

    select * from {{ ref('int_patrol_duties_expected') }}

),

done as (

    select * from {{ ref('int_patrol_duties_done') }}

),

forms as (

    select * from {{ ref('fct_patrol_forms') }}
    where not is_superseded

),

patrols as (

    select * from {{ ref('fct_patrols') }}

),

counted as (

    select
        expected.township_code,
        expected.patrol_level_code,
        expected.period_start_date,
        count(*) as expected_count,
        count(done.subject_id) as done_count
    from expected
    left join done
        on
            expected.patrol_level_code = done.patrol_level_code
            and expected.subject_kind_code = done.subject_kind_code
            and expected.subject_id = done.subject_id
            and expected.period_start_date = done.period_start_date
    group by expected.township_code, expected.patrol_level_code, expected.period_start_date

),

-- A county unit's form belongs to the townships its lines lie in.
reported as (

    select
        form_id,
        township_code,
        patrol_level_code,
        period_start_date,
        is_zero_report
    from forms
    union
    select
        form_id,
        township_code,
        patrol_level_code,
        period_start_date,
        false as is_zero_report
    from patrols

),

reports as (

    select
        township_code,
        patrol_level_code,
        period_start_date,
        count(distinct form_id) as form_count,
        count(distinct case when is_zero_report then form_id end) as zero_report_count
    from reported
    group by township_code, patrol_level_code, period_start_date

),

final as (

    select
        townships.township_code,
        townships.township_name,
        owed.patrol_level_code,
        owed.period_kind_code,
        owed.subject_kind_code,
        coalesce(counted.expected_count, 0) as expected_count,
        coalesce(counted.done_count, 0) as done_count,
        coalesce(reports.form_count, 0) as form_count,
        coalesce(reports.zero_report_count, 0) as zero_report_count,
        cast(
            round(cast(counted.done_count as double) * 100 / counted.expected_count, 2)
            as decimal(5, 2)
        ) as coverage_pct,
        owed.is_open,
        coalesce(reports.form_count, 0) = 0 and coalesce(counted.done_count, 0) = 0 as is_silent,
        owed.period_start_date,
        owed.period_end_date
    from owed
    cross join townships
    left join counted
        on
            townships.township_code = counted.township_code
            and owed.patrol_level_code = counted.patrol_level_code
            and owed.period_start_date = counted.period_start_date
    left join reports
        on
            townships.township_code = reports.township_code
            and owed.patrol_level_code = reports.patrol_level_code
            and owed.period_start_date = reports.period_start_date

)

select * from final
