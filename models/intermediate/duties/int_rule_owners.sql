with

rules as (

    select * from {{ ref('int_obligation_rules') }}
    where family_code = 'unit_acts'

),

units as (

    select * from {{ ref('int_units_dated') }}

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

listed as (

    select
        rule_code,
        {{ each_alias('owner_text') }} as name_text
    from rules
    where owner_code = 'units'

),

named as (

    select
        rule_code,
        {{ normalised_place_name('name_text') }} as name_text
    from listed

),

owners as (

    select
        rules.rule_code,
        units.unit_code
    from rules
    inner join units
        on
            case rules.owner_code
                when 'leading_group' then 'leading_group'
                when 'township' then 'township_government'
            end = units.unit_kind_code
    union
    select
        rule_code,
        lead_unit_code as unit_code
    from rules
    where owner_code = 'lead_unit' and lead_unit_code is not null
    union
    select
        named.rule_code,
        unit_names.unit_code
    from named
    inner join unit_names on named.name_text = unit_names.name_text
    union
    select
        named.rule_code,
        units.unit_code
    from named
    inner join units
        on
            named.name_text = '各乡(镇)人民政府'
            and units.unit_kind_code = 'township_government'

),

-- Two names of one unit are one duty.
final as (

    select
        owners.rule_code,
        units.unit_code,
        units.unit_name,
        units.township_code,
        units.is_current,
        units.valid_from_date,
        units.valid_to_date
    from owners
    inner join units on owners.unit_code = units.unit_code

)

select * from final
