with

units as (

    select * from {{ ref('int_units_dated') }}

),

township_names as (

    select * from {{ ref('int_township_names') }}

),

village_names as (

    select * from {{ ref('int_village_names') }}

),

-- The name for headings may carry a remark: 甲县(试点).
county as (

    select
        regexp_replace({{ normalised_place_name('county_name') }}, '[(].*$', '') as county_name
    from {{ source('build', 'context') }}

),

listed as (

    select
        unit_id,
        unit_name as listed_name,
        1 as name_rank
    from units
    union all
    select
        unit_id,
        {{ each_alias('aliases') }} as listed_name,
        2 as name_rank
    from units

),

normalised as (

    select
        unit_id,
        {{ normalised_place_name('listed_name') }} as name_text,
        name_rank
    from listed

),

committee_endings as (

    select
        endings.village_kind_code,
        endings.ending_text
    from (
        values
        ('village', '村民委员会'), ('village', '村委会'),
        ('community', '居民委员会'), ('community', '居委会'),
        ('community', '社区居民委员会'), ('community', '社区居委会')
    ) as endings (village_kind_code, ending_text)

),

government_endings as (

    select endings.ending_text from (values ('人民政府'), ('政府')) as endings (ending_text)

),

-- 老营镇人民政府, 老营镇政府 and, because that is what forms say, plain 老营镇.
government_names as (

    select
        units.unit_id,
        township_names.name_text || government_endings.ending_text as name_text,
        3 as name_rank
    from units
    inner join township_names on units.township_code = township_names.township_code
    cross join government_endings
    where
        units.unit_kind_code = 'township_government'
        and township_names.name_kind_code in ('name', 'alias')
    union all
    select
        units.unit_id,
        township_names.name_text,
        case when township_names.name_kind_code in ('name', 'alias') then 4 else 8 end as name_rank
    from units
    inner join township_names on units.township_code = township_names.township_code
    where
        units.unit_kind_code = 'township_government'
        and township_names.name_kind_code <> 'code'

),

committee_names as (

    select
        units.unit_id,
        village_names.name_text || committee_endings.ending_text as name_text,
        3 as name_rank
    from units
    inner join village_names on units.village_code = village_names.village_code
    inner join committee_endings
        on village_names.village_kind_code = committee_endings.village_kind_code
    where
        village_names.name_text not like '%委会'
        and village_names.name_text not like '%委员会'
    union all
    select
        units.unit_id,
        village_names.name_text,
        case when village_names.is_stem then 8 else 4 end as name_rank
    from units
    inner join village_names on units.village_code = village_names.village_code

),

own_names as (

    select * from normalised
    union all
    select * from government_names
    union all
    select * from committee_names

),

prefixed as (

    select
        unit_id,
        name_text,
        name_rank
    from own_names
    union all
    -- 老营镇贾堡村委会
    select
        own_names.unit_id,
        township_names.name_text || own_names.name_text as name_text,
        own_names.name_rank
    from own_names
    inner join units on own_names.unit_id = units.unit_id
    inner join township_names on units.township_code = township_names.township_code
    where
        units.unit_kind_code = 'village_committee'
        and township_names.name_kind_code = 'name'

),

-- 县自然资源局 is also written with the county's name before it, or with nothing.
county_prefixed as (

    select
        unit_id,
        name_text,
        name_rank
    from prefixed
    union all
    select
        prefixed.unit_id,
        county.county_name || regexp_replace(prefixed.name_text, '^县', '') as name_text,
        prefixed.name_rank
    from prefixed
    cross join county
    where substring(prefixed.name_text, 1, length(county.county_name)) <> county.county_name
    union all
    select
        prefixed.unit_id,
        '县' || substring(prefixed.name_text, length(county.county_name) + 1) as name_text,
        prefixed.name_rank
    from prefixed
    cross join county
    where substring(prefixed.name_text, 1, length(county.county_name)) = county.county_name
    union all
    select
        unit_id,
        regexp_replace(name_text, '^县', '') as name_text,
        name_rank + 4 as name_rank
    from prefixed
    where name_text like '县___%'

),

named as (

    select
        county_prefixed.name_text,
        units.unit_code,
        units.unit_name,
        units.unit_kind_code,
        units.level_code,
        units.township_code,
        units.village_code,
        -- What is in force beats what was; among these a name beats what is read into it.
        case when units.is_current then 0 else 20 end + county_prefixed.name_rank as name_rank
    from county_prefixed
    inner join units on county_prefixed.unit_id = units.unit_id
    where county_prefixed.name_text <> ''
    qualify row_number() over (
        partition by county_prefixed.name_text, units.unit_code
        order by
            units.is_current desc, county_prefixed.name_rank asc, units.valid_from_date desc
    ) = 1

),

final as (

    select
        name_text,
        unit_code,
        unit_name,
        unit_kind_code,
        level_code,
        township_code,
        village_code
    from named
    qualify rank() over (partition by name_text order by name_rank) = 1

)

select * from final
