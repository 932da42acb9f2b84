with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

-- A line has no cells for township and village; what it leaves out is the filing unit's.
final as (

    select
        {{ hash_id(["'patrol'", 'lines.patrol_id']) }} as mention_id,
        lines.patrol_id,
        lines.site_id as stated_site_id,
        forms.township_code as assumed_township_code,
        forms.village_code as assumed_village_code,
        lines.location_text,
        lines.longitude,
        lines.latitude
    from lines
    inner join forms on lines.form_id = forms.form_id

)

select * from final
