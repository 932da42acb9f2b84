with

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

superseded as (

    select * from {{ ref('int_patrol_forms_superseded') }}

),

dated as (

    select * from {{ ref('int_patrol_forms_dated') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

final as (

    select
        forms.form_id,
        forms.delivery_sha256,
        forms.unit_code as reporting_unit_code,
        forms.unit_name as reporting_unit_name,
        forms.township_code,
        townships.township_name,
        forms.village_code,
        forms.patrol_level_code,
        dated.period_kind_code,
        forms.file_name,
        forms.sheet_name,
        forms.row_count,
        forms.is_zero_report,
        superseded.is_superseded,
        superseded.is_conflict,
        dated.period_start_date,
        dated.period_end_date,
        forms.filled_date,
        forms.received_at as reported_at
    from forms
    inner join superseded on forms.form_id = superseded.form_id
    inner join dated on forms.form_id = dated.form_id
    left join townships on forms.township_code = townships.township_code

)

select * from final
