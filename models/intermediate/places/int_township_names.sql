with

townships as (

    select * from {{ ref('int_townships_dated') }}

),

present as (

    select
        township_code,
        township_name
    from townships
    qualify row_number() over (partition by township_code order by valid_from_date desc) = 1

),

listed as (

    select
        township_id,
        township_name as listed_name,
        'name' as name_kind_code
    from townships
    union all
    select
        township_id,
        {{ each_alias('aliases') }} as listed_name,
        'alias' as name_kind_code
    from townships
    union all
    -- 老营 for 老营镇. One character is left alone: it would be found in every other name.
    select
        township_id,
        regexp_replace(trim(township_name), '(街道办事处|街道|镇|乡)$', '') as listed_name,
        'stem' as name_kind_code
    from townships
    where regexp_extract(trim(township_name), '^.{2,}(街道办事处|街道|镇|乡)$', 1) <> ''
    union all
    select
        township_id,
        township_code as listed_name,
        'code' as name_kind_code
    from townships
    union all
    select
        township_id,
        {{ each_alias('alias_codes') }} as listed_name,
        'code' as name_kind_code
    from townships

),

normalised as (

    select
        townships.present_township_code,
        {{ normalised_place_name('listed.listed_name') }} as name_text,
        listed.name_kind_code,
        -- What is in force beats what was; among these a name beats what is read into it.
        case when townships.is_current then 0 else 10 end
        + case listed.name_kind_code
            when 'name' then 1
            when 'alias' then 2
            when 'code' then 3
            else 4
        end as name_rank
    from listed
    inner join townships on listed.township_id = townships.township_id

),

named as (

    select
        name_text,
        present_township_code,
        name_kind_code,
        name_rank
    from normalised
    where name_text <> ''
    qualify row_number() over (
        partition by name_text, present_township_code
        order by name_rank, name_kind_code
    ) = 1

),

best as (

    select * from named
    qualify rank() over (partition by name_text order by name_rank) = 1

),

-- A name that two townships bear with equal right names neither.
final as (

    select
        best.name_text,
        best.name_kind_code,
        present.township_code,
        present.township_name
    from best
    inner join present on best.present_township_code = present.township_code
    qualify count(*) over (partition by best.name_text) = 1

)

select * from final
