with

clauses as (

    select * from {{ ref('clauses') }}

),

-- 2.3.3 is 二、(三)、3 in the notice; 3.1 is 三、(一).
parts as (

    select
        clause_code,
        translate(split_part(clause_code, '.', 1), '123456789', '一二三四五六七八九') as part_text,
        translate(split_part(clause_code, '.', 2), '123456789', '一二三四五六七八九') as section_text,
        split_part(clause_code, '.', 3) as item_text,
        clause_code like 'annex%' as is_annex
    from clauses

),

written as (

    select
        clause_code,
        clause_code as name_text
    from parts
    union all
    select
        clause_code,
        '附件' || replace(clause_code, 'annex', '') as name_text
    from parts
    where is_annex
    union all
    select
        clause_code,
        part_text || '(' || section_text || ')' || item_text as name_text
    from parts
    where not is_annex
    union all
    select
        clause_code,
        part_text || '、(' || section_text || ')' || item_text as name_text
    from parts
    where not is_annex
    union all
    select
        clause_code,
        part_text || '、(' || section_text || ')、' || item_text as name_text
    from parts
    where not is_annex and item_text <> ''

),

final as (

    select
        {{ normalised_place_name('name_text') }} as name_text,
        clause_code
    from written

)

select * from final
