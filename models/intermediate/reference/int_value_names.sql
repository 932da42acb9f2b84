with

-- A list with columns of its own is a seed of its own; here it is names and codes like the others.
lists as (

    select
        list_code,
        value_code,
        value_name,
        aliases
    from {{ ref('value_variants') }}
    union all
    select
        'clue_channel' as list_code,
        channel_code as value_code,
        channel_name as value_name,
        aliases
    from {{ ref('clue_channels') }}
    union all
    select
        'site_class' as list_code,
        site_class_code as value_code,
        site_class_name as value_name,
        aliases
    from {{ ref('site_classes') }}
    union all
    select
        'case_type' as list_code,
        case_type_code as value_code,
        case_type_name as value_name,
        aliases
    from {{ ref('case_types') }}
    union all
    select
        'case_state' as list_code,
        state_code as value_code,
        state_name as value_name,
        aliases
    from {{ ref('case_states') }}

),

listed as (

    select
        list_code,
        value_code,
        value_name,
        value_name as name_text,
        1 as name_rank
    from lists
    union all
    select
        list_code,
        value_code,
        value_name,
        {{ each_alias('aliases') }} as name_text,
        2 as name_rank
    from lists
    union all
    -- Systems export codes, in either case.
    select
        list_code,
        value_code,
        value_name,
        upper(value_code) as name_text,
        3 as name_rank
    from lists
    union all
    select
        list_code,
        value_code,
        value_name,
        lower(value_code) as name_text,
        3 as name_rank
    from lists

),

normalised as (

    select
        list_code,
        {{ normalised_place_name('name_text') }} as name_text,
        value_code,
        value_name,
        name_rank
    from listed

),

final as (

    select
        list_code,
        name_text,
        value_code,
        value_name
    from normalised
    where name_text <> ''
    qualify row_number() over (
        partition by list_code, name_text order by name_rank, value_code
    ) = 1

)

select * from final
