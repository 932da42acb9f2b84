with

patrols as (

    select * from {{ ref('fct_patrols') }}
    where filled_date is not null and reporting_unit_name is not null

),

worded as (

    select
        patrol_id,
        form_id,
        coalesce(reporting_unit_code, reporting_unit_name) as unit_key,
        filled_date,
        length(coalesce(remark_text, '')) as remark_length,
        {{ hash_id([
            'location_text', 'mineral_code', 'mining_licence_code', 'shallow_coal_code',
            'illegal_mining_code', 'out_of_bounds_code', 'violation_code', 'disposition_text',
            'remark_text',
        ]) }} as wording_key
    from patrols

),

-- The order of its lines does not make a form another one.
forms as (

    select
        form_id,
        min(unit_key) as unit_key,
        min(filled_date) as filled_date,
        min(remark_length) as remark_length,
        md5({{ joined_characters('wording_key', 'wording_key') }}) as wording_key
    from worded
    group by form_id

),

dated as (

    select
        *,
        lag(form_id) over (
            partition by unit_key, wording_key
            order by filled_date, form_id
        ) as earlier_form_id,
        lag(filled_date) over (
            partition by unit_key, wording_key
            order by filled_date, form_id
        ) as earlier_date
    from forms

),

-- A form of the same day is the same form sent twice.
final as (

    select
        form_id,
        earlier_form_id,
        remark_length
    from dated
    where earlier_date < filled_date

)

select * from final
