with

mentions as (

    select * from {{ ref('int_place_mentions') }}

),

township_names as (

    select * from {{ ref('int_township_names') }}
    where name_kind_code in ('name', 'alias') and length(name_text) >= 2

),

village_names as (

    select * from {{ ref('int_village_names') }}

),

located as (

    select
        mention_id,
        {{ normalised_place_name('location_text') }} as place_text,
        stated_township_code,
        stated_village_code,
        assumed_township_code,
        assumed_village_code
    from mentions

),

-- Of several townships named, the first is where the place is; the others lie behind 与…交界处.
townships_named as (

    select
        located.mention_id,
        township_names.township_code,
        township_names.name_text as township_text
    from located
    inner join township_names on instr(located.place_text, township_names.name_text) > 0
    qualify row_number() over (
        partition by located.mention_id
        order by
            instr(located.place_text, township_names.name_text) asc,
            length(township_names.name_text) desc,
            township_names.township_code asc
    ) = 1

),

scoped as (

    select
        located.mention_id,
        located.place_text,
        -- 老营镇南沟 is not in 老营村.
        replace(located.place_text, coalesce(townships_named.township_text, '|'), '|')
            as village_text,
        located.stated_village_code,
        located.assumed_village_code,
        coalesce(
            located.stated_township_code,
            townships_named.township_code,
            located.assumed_township_code
        ) as township_code,
        coalesce(
            located.stated_township_code,
            townships_named.township_code,
            located.assumed_township_code
        ) = located.assumed_township_code as is_assumed_township
    from located
    left join townships_named on located.mention_id = townships_named.mention_id

),

-- Longest name within the township; a whole name (贾堡村) beats a stem (贾堡), which may be a gully's.
villages_named as (

    select
        scoped.mention_id,
        village_names.village_code,
        village_names.is_stem
    from scoped
    inner join village_names
        on
            scoped.township_code = village_names.township_code
            and instr(scoped.village_text, village_names.name_text) > 0
    where scoped.stated_village_code is null
    qualify row_number() over (
        partition by scoped.mention_id
        order by
            village_names.is_stem asc,
            length(village_names.name_text) desc,
            instr(scoped.village_text, village_names.name_text) asc,
            village_names.village_code asc
    ) = 1

),

final as (

    select
        scoped.mention_id,
        scoped.place_text,
        scoped.township_code,
        case
            when scoped.stated_village_code is not null then scoped.stated_village_code
            when villages_named.is_stem = false then villages_named.village_code
            when scoped.is_assumed_township and scoped.assumed_village_code is not null
                then scoped.assumed_village_code
            else villages_named.village_code
        end as village_code
    from scoped
    left join villages_named on scoped.mention_id = villages_named.mention_id

)

select * from final
