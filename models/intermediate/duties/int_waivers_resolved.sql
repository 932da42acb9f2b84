with

waivers as (

    select * from {{ ref('stg_waivers') }}

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

unit_codes as (

    select distinct unit_code from units

),

-- The office may write a unit's code; a name that is no unit's waives nothing.
final as (

    select
        upper(waivers.rule_code) as rule_code,
        coalesce(unit_codes.unit_code, units.unit_code) as unit_code,
        waivers.object_id,
        waivers.reason_text,
        waivers.approver_position_name,
        waivers.document_number,
        waivers.from_date,
        waivers.to_date,
        waivers.received_at
    from waivers
    left join unit_codes on waivers.unit_name = unit_codes.unit_code
    left join units on {{ normalised_place_name('waivers.unit_name') }} = units.name_text

)

select * from final
where unit_code is not null
