with

villages as (

    select * from {{ ref('int_villages_dated') }}
    qualify row_number() over (partition by village_code order by valid_from_date desc) = 1

),

townships as (

    select
        township_code,
        present_township_code
    from {{ ref('int_townships_dated') }}
    qualify row_number() over (partition by township_code order by valid_from_date desc) = 1

),

village_names as (

    select * from {{ ref('int_village_names') }}

),

located as (

    select
        villages.village_code,
        {{ normalised_place_name('villages.village_name') }} as name_text,
        coalesce(townships.present_township_code, villages.township_code) as township_code,
        villages.is_current
    from villages
    left join townships on villages.township_code = townships.township_code

),

-- A code no longer in force means the village that bears its name in what its township has become.
final as (

    select
        located.village_code as code_text,
        case
            when located.is_current then located.village_code
            else coalesce(village_names.village_code, located.village_code)
        end as village_code,
        located.township_code
    from located
    left join village_names
        on
            located.township_code = village_names.township_code
            and located.name_text = village_names.name_text

)

select * from final
