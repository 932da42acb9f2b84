with

villages as (

    select * from {{ ref('int_villages_dated') }}

),

-- The township of the latest row of a village that is gone may itself be gone by now.
townships as (

    select
        township_code,
        present_township_code
    from {{ ref('int_townships_dated') }}
    qualify row_number() over (partition by township_code order by valid_from_date desc) = 1

),

listed as (

    select
        village_id,
        village_name as listed_name,
        1 as name_rank
    from villages
    union all
    select
        village_id,
        full_name as listed_name,
        2 as name_rank
    from villages
    union all
    select
        village_id,
        {{ each_alias('aliases') }} as listed_name,
        3 as name_rank
    from villages

),

normalised as (

    select
        village_id,
        {{ normalised_place_name('listed_name') }} as name_text,
        name_rank
    from listed

),

-- 贾堡 and 贾堡村 stand for 贾堡村村委会 alike. One character is left alone: it would be found in every
-- other name.
stemmed as (

    select
        village_id,
        name_text,
        name_rank,
        regexp_replace(
            regexp_replace(name_text, '(村民委员会|居民委员会|村委会|居委会)$', ''),
            '(社区|村)$', ''
        ) as stem_text
    from normalised
    where name_text <> ''

),

spelled as (

    select
        village_id,
        name_text,
        name_rank,
        false as is_stem
    from stemmed
    union all
    select
        stemmed.village_id,
        case villages.village_kind_code
            when 'community' then stemmed.stem_text || '社区'
            else stemmed.stem_text || '村'
        end as name_text,
        stemmed.name_rank + 3 as name_rank,
        false as is_stem
    from stemmed
    inner join villages on stemmed.village_id = villages.village_id
    where length(stemmed.stem_text) >= 2
    union all
    select
        village_id,
        stem_text as name_text,
        name_rank + 6 as name_rank,
        true as is_stem
    from stemmed
    where length(stem_text) >= 2

),

scoped as (

    select
        spelled.name_text,
        villages.village_code,
        coalesce(townships.present_township_code, villages.township_code) as township_code,
        spelled.is_stem,
        -- What is in force beats what was; among these a name beats what is read into it.
        case when villages.is_current then 0 else 10 end + spelled.name_rank as name_rank
    from spelled
    inner join villages on spelled.village_id = villages.village_id
    left join townships on villages.township_code = townships.township_code
    qualify row_number() over (
        partition by spelled.name_text, villages.village_code
        order by villages.is_current desc, spelled.name_rank asc, villages.valid_from_date desc
    ) = 1

),

best as (

    select * from scoped
    qualify rank() over (partition by township_code, name_text order by name_rank) = 1

),

-- Villages of several townships may share a name; one that two villages of the same township bear
-- with equal right names neither.
final as (

    select
        best.name_text,
        best.village_code,
        villages.village_name,
        villages.village_kind_code,
        best.township_code,
        best.is_stem
    from best
    inner join villages on best.village_code = villages.village_code
    qualify
        row_number() over (
            partition by best.township_code, best.name_text
            order by villages.valid_from_date desc
        ) = 1
        and min(best.village_code) over (partition by best.township_code, best.name_text)
        = max(best.village_code) over (partition by best.township_code, best.name_text)

)

select * from final
