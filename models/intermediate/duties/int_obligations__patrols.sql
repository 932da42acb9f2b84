with

expected as (

    select * from {{ ref('int_patrol_duties_expected') }}

),

done as (

    select * from {{ ref('int_patrol_duties_done') }}

),

excused as (

    select * from {{ ref('int_patrol_duties_excused') }}

),

forms as (

    select * from {{ ref('int_patrol_forms_credited') }}
    where not is_superseded

),

periods as (

    select * from {{ ref('int_obligation_periods') }}

),

governments as (

    select * from {{ ref('int_township_governments') }}

),

excused_subjects as (

    select * from excused
    where subject_id is not null

),

excused_townships as (

    select * from excused
    where subject_id is null

),

-- A form speaks for its own village, a township's for all of them; any county form for the county.
village_reports as (

    select distinct
        patrol_level_code,
        village_code,
        period_start_date
    from forms
    where patrol_level_code = 'village' and village_code is not null

),

township_reports as (

    select distinct
        patrol_level_code,
        township_code,
        period_start_date
    from forms
    where patrol_level_code <> 'county' and village_code is null

),

county_reports as (

    select distinct
        patrol_level_code,
        period_start_date
    from forms
    where patrol_level_code = 'county'

),

final as (

    select
        expected.rule_code,
        expected.subject_kind_code as subject_type,
        expected.subject_id,
        case expected.patrol_level_code
            when 'village' then expected.village_code
            when 'township' then governments.unit_code
            else periods.lead_unit_code
        end as owing_unit_code,
        expected.township_code,
        done.evidence_type,
        done.evidence_id,
        expected.subject_name,
        village_reports.village_code is not null
        or township_reports.township_code is not null
        or county_reports.patrol_level_code is not null
        or done.evidence_id is not null as has_unit_reported,
        excused_subjects.subject_id is not null
        or excused_townships.township_code is not null as is_excused,
        expected.period_start_date,
        expected.period_end_date,
        done.fulfilled_at,
        done.reported_at
    from expected
    inner join periods
        on
            expected.rule_code = periods.rule_code
            and expected.period_start_date = periods.period_start_date
    left join governments on expected.township_code = governments.township_code
    left join done
        on
            expected.patrol_level_code = done.patrol_level_code
            and expected.subject_kind_code = done.subject_kind_code
            and expected.subject_id = done.subject_id
            and expected.period_start_date = done.period_start_date
    left join excused_subjects
        on
            expected.patrol_level_code = excused_subjects.patrol_level_code
            and expected.subject_kind_code = excused_subjects.subject_kind_code
            and expected.subject_id = excused_subjects.subject_id
            and expected.period_start_date = excused_subjects.period_start_date
    left join excused_townships
        on
            expected.patrol_level_code = excused_townships.patrol_level_code
            and expected.subject_kind_code = excused_townships.subject_kind_code
            and expected.township_code = excused_townships.township_code
            and expected.period_start_date = excused_townships.period_start_date
    left join village_reports
        on
            expected.patrol_level_code = village_reports.patrol_level_code
            and expected.village_code = village_reports.village_code
            and expected.period_start_date = village_reports.period_start_date
    left join township_reports
        on
            expected.patrol_level_code = township_reports.patrol_level_code
            and expected.township_code = township_reports.township_code
            and expected.period_start_date = township_reports.period_start_date
    left join county_reports
        on
            expected.patrol_level_code = county_reports.patrol_level_code
            and expected.period_start_date = county_reports.period_start_date

)

select * from final
