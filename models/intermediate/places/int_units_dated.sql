with

units as (

    select * from {{ ref('stg_units') }}

),

villages as (

    select * from {{ ref('int_villages_dated') }}

),

townships as (

    select
        township_code,
        present_township_code
    from {{ ref('int_townships_dated') }}
    qualify row_number() over (partition by township_code order by valid_from_date desc) = 1

),

classified as (

    select
        units.unit_code,
        units.unit_name,
        case units.kind_name
            when '县直部门' then 'county_department'
            when '乡镇政府' then 'township_government'
            when '供电公司' then 'power_company'
            when '矿山企业' then 'enterprise_group'
            when '勘察单位' then 'survey_group'
            when '领导小组' then 'leading_group'
            when '县级政府' then 'county_government'
            else 'other'
        end as unit_kind_code,
        case
            when units.level_name = '村级' then 'village'
            when units.level_name = '乡级' then 'township'
            when units.level_name = '县级' then 'county'
            when units.kind_name = '乡镇政府' then 'township'
            else 'county'
        end as level_code,
        coalesce(townships.present_township_code, units.township_code) as township_code,
        units.parent_unit_code,
        units.aliases,
        units.duty_text,
        units.valid_from_date,
        least(
            units.valid_to_date,
            lead(units.valid_from_date) over (
                partition by units.unit_code order by units.valid_from_date
            )
        ) as valid_to_date
    from units
    left join townships on units.township_code = townships.township_code

),

governments as (

    select
        township_code,
        min(unit_code) as unit_code
    from classified
    where
        unit_kind_code = 'township_government'
        and {{ is_in_force('valid_from_date', 'valid_to_date') }}
    group by township_code

),

combined as (

    select
        unit_code,
        unit_name,
        unit_kind_code,
        level_code,
        township_code,
        cast(null as varchar) as village_code,
        parent_unit_code,
        aliases,
        duty_text,
        valid_from_date,
        valid_to_date
    from classified
    union all
    -- A village committee owes its weekly round like any other unit; its code is the village's.
    select
        villages.village_code as unit_code,
        coalesce(villages.full_name, villages.village_name) as unit_name,
        'village_committee' as unit_kind_code,
        'village' as level_code,
        villages.township_code,
        villages.village_code,
        governments.unit_code as parent_unit_code,
        villages.aliases,
        cast(null as varchar) as duty_text,
        villages.valid_from_date,
        villages.valid_to_date
    from villages
    left join governments on villages.township_code = governments.township_code

),

final as (

    select
        {{ hash_id(['unit_code', 'valid_from_date']) }} as unit_id,
        unit_code,
        unit_name,
        unit_kind_code,
        level_code,
        township_code,
        village_code,
        parent_unit_code,
        aliases,
        duty_text,
        {{ is_in_force('valid_from_date', 'valid_to_date') }} as is_current,
        valid_from_date,
        valid_to_date
    from combined

)

select * from final
