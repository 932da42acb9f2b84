with

minerals as (

    select * from {{ ref('minerals') }}

),

listed as (

    select
        mineral_code,
        mineral_name,
        mineral_name as name_text,
        1 as name_rank
    from minerals
    union all
    select
        mineral_code,
        mineral_name,
        {{ each_alias('aliases') }} as name_text,
        2 as name_rank
    from minerals

),

normalised as (

    select
        mineral_code,
        mineral_name,
        {{ normalised_place_name('name_text') }} as name_text,
        name_rank
    from listed

),

final as (

    select
        mineral_code,
        mineral_name,
        name_text
    from normalised
    where name_text <> ''
    qualify row_number() over (partition by name_text order by name_rank, mineral_code) = 1

)

select * from final
