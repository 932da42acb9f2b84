with

forms as (

    select * from {{ ref('stg_patrol_forms') }}

),

unit_names as (

    select * from {{ ref('int_unit_names') }}

),

written as (

    select distinct reporting_unit_name
    from forms
    where reporting_unit_name is not null

),

-- (盖章) and other remarks in brackets are no part of the name.
normalised as (

    select
        reporting_unit_name,
        {{ with_pattern_replaced(
            normalised_place_name('reporting_unit_name'), '[(][^()]*[)]', ''
        ) }} as unit_text
    from written

),

contained as (

    select
        normalised.reporting_unit_name,
        normalised.unit_text,
        unit_names.name_text,
        unit_names.unit_code,
        unit_names.unit_name,
        unit_names.unit_kind_code,
        unit_names.level_code,
        unit_names.township_code,
        unit_names.village_code,
        substring(
            normalised.unit_text, 1, instr(normalised.unit_text, unit_names.name_text) - 1
        ) as text_before,
        replace(normalised.unit_text, unit_names.name_text, '') as text_around
    from normalised
    inner join unit_names on instr(normalised.unit_text, unit_names.name_text) > 0

),

-- 老营镇人民政府经济办 is the government; 南窑头村委会 is not 窑头村委会, and a mine that bears a village's
-- name is not its committee.
candidates as (

    select * from contained
    where
        text_around = ''
        or (
            length(name_text) >= 3
            and (text_before = '' or regexp_extract(text_before, '[省市县区镇乡]$', 0) <> '')
            and regexp_extract(text_around, '(公司|集团|煤业|矿业|矿|厂)$', 0) = ''
        )
    qualify rank() over (partition by reporting_unit_name order by length(name_text) desc) = 1

),

-- What all bearers of the name have in common is known of it.
grouped as (

    select
        reporting_unit_name,
        case when count(distinct unit_code) = 1 then min(unit_code) end as unit_code,
        case when count(distinct unit_code) = 1 then min(unit_name) end as unit_name,
        case
            when min(unit_kind_code) = max(unit_kind_code) then min(unit_kind_code)
        end as unit_kind_code,
        case when min(level_code) = max(level_code) then min(level_code) end as level_code,
        case
            when count(township_code) = count(*) and count(distinct township_code) = 1
                then min(township_code)
        end as township_code,
        case
            when count(village_code) = count(*) and count(distinct village_code) = 1
                then min(village_code)
        end as village_code
    from candidates
    group by reporting_unit_name

),

final as (

    select
        normalised.reporting_unit_name,
        normalised.unit_text,
        grouped.unit_code,
        grouped.unit_name,
        grouped.unit_kind_code,
        grouped.level_code,
        grouped.township_code,
        grouped.village_code
    from normalised
    left join grouped on normalised.reporting_unit_name = grouped.reporting_unit_name

)

select * from final
