with

forms as (

    select * from {{ ref('stg_patrol_forms') }}

),

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

units as (

    select * from {{ ref('int_reporting_units_resolved') }}

),

line_levels as (

    select
        form_id,
        {{ patrol_level_in(normalised_place_name('level_text')) }} as level_code
    from lines

),

-- What every line of a form says of its level the form says.
agreed_levels as (

    select
        form_id,
        min(level_code) as level_code
    from line_levels
    group by form_id
    having count(level_code) = count(*) and count(distinct level_code) = 1

),

-- What a reader found on the form beside its title, such as a line under it, stands last: where it
-- took it from sheet or file it only repeats them.
levelled as (

    select
        forms.form_id,
        forms.delivery_sha256,
        forms.file_name,
        forms.file_stem,
        forms.sheet_name,
        forms.title_text,
        forms.period_text,
        forms.reporting_unit_name,
        forms.form_number,
        forms.row_count,
        forms.is_zero_report,
        forms.filled_date,
        forms.received_at,
        agreed_levels.level_code as line_level_code,
        {{ patrol_level_in(normalised_place_name('forms.title_text')) }} as title_level_code,
        {{ patrol_level_in(normalised_place_name('forms.sheet_name')) }} as sheet_level_code,
        {{ patrol_level_in(normalised_place_name('forms.file_stem')) }} as file_level_code,
        {{ patrol_level_in(normalised_place_name('forms.level_text')) }} as read_level_code,
        units.unit_code,
        units.unit_name,
        units.unit_text,
        units.township_code,
        units.village_code,
        case
            when units.unit_kind_code = 'village_committee' then 'village'
            -- A mine's or survey team's own round is nobody's duty here.
            when
                units.level_code = 'county'
                and units.unit_kind_code not in ('enterprise_group', 'survey_group')
                then 'county'
        end as unit_level_code
    from forms
    left join agreed_levels on forms.form_id = agreed_levels.form_id
    left join units on forms.reporting_unit_name = units.reporting_unit_name

),

final as (

    select
        form_id,
        delivery_sha256,
        unit_code,
        coalesce(unit_code, unit_text) as unit_key,
        coalesce(unit_name, reporting_unit_name) as unit_name,
        township_code,
        village_code,
        coalesce(
            line_level_code, title_level_code, sheet_level_code, file_level_code,
            read_level_code, unit_level_code, 'undetermined'
        ) as patrol_level_code,
        case
            when line_level_code is not null then 'row'
            when title_level_code is not null then 'title'
            when sheet_level_code is not null then 'sheet'
            when file_level_code is not null then 'file'
            when read_level_code is not null then 'title'
            when unit_level_code is not null then 'unit'
            else 'none'
        end as level_source_code,
        file_name,
        file_stem,
        sheet_name,
        title_text,
        period_text,
        form_number,
        row_count,
        is_zero_report,
        filled_date,
        received_at
    from levelled

)

select * from final
