with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

superseded as (

    select * from {{ ref('int_patrol_forms_superseded') }}

),

worded as (

    select
        lines.patrol_id,
        forms.unit_key,
        {{ hash_id([
            'forms.unit_key', 'lines.location_text', 'lines.mineral_text',
            'lines.mining_licence_code', 'lines.shallow_coal_code', 'lines.illegal_mining_code',
            'lines.out_of_bounds_code', 'lines.violation_code', 'lines.disposition_text',
            'lines.remark_text',
        ]) }} as wording_key,
        lines.filled_date
    from lines
    inner join forms on lines.form_id = forms.form_id
    inner join superseded on lines.form_id = superseded.form_id
    where not superseded.is_superseded

),

-- The first time something is written it is news; word for word under a later date it is a copy.
final as (

    select
        patrol_id,
        coalesce(
            unit_key is not null
            and filled_date > min(filled_date) over (partition by wording_key),
            false
        ) as is_carried_over
    from worded

)

select * from final
