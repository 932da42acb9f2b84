with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

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
        lines.patrol_id,
        lines.form_id,
        {{ normalised_place_name('lines.location_text') }} as place_text,
        forms.township_code as form_township_code,
        forms.village_code as form_village_code
    from lines
    inner join forms on lines.form_id = forms.form_id

),

-- Of several townships named, the first is where the place is; the others lie behind 与…交界处.
townships_named as (

    select
        located.patrol_id,
        township_names.township_code,
        township_names.name_text as township_text
    from located
    inner join township_names on instr(located.place_text, township_names.name_text) > 0
    qualify row_number() over (
        partition by located.patrol_id
        order by
            instr(located.place_text, township_names.name_text) asc,
            length(township_names.name_text) desc,
            township_names.township_code asc
    ) = 1

),

scoped as (

    select
        located.patrol_id,
        located.form_id,
        located.place_text,
        -- 老营镇南沟 is not in 老营村.
        replace(located.place_text, coalesce(townships_named.township_text, '|'), '|')
            as village_text,
        located.form_village_code,
        coalesce(townships_named.township_code, located.form_township_code) as township_code,
        coalesce(townships_named.township_code, located.form_township_code)
        = located.form_township_code as is_own_township
    from located
    left join townships_named on located.patrol_id = townships_named.patrol_id

),

-- Longest name within the township; a whole name (贾堡村) beats a stem (贾堡), which may be a gully's.
villages_named as (

    select
        scoped.patrol_id,
        village_names.village_code,
        village_names.is_stem
    from scoped
    inner join village_names
        on
            scoped.township_code = village_names.township_code
            and instr(scoped.village_text, village_names.name_text) > 0
    qualify row_number() over (
        partition by scoped.patrol_id
        order by
            village_names.is_stem asc,
            length(village_names.name_text) desc,
            instr(scoped.village_text, village_names.name_text) asc,
            village_names.village_code asc
    ) = 1

),

final as (

    select
        scoped.patrol_id,
        scoped.form_id,
        scoped.place_text,
        scoped.township_code,
        case
            when villages_named.is_stem = false then villages_named.village_code
            when scoped.is_own_township and scoped.form_village_code is not null
                then scoped.form_village_code
            else villages_named.village_code
        end as village_code
    from scoped
    left join villages_named on scoped.patrol_id = villages_named.patrol_id

)

select * from final
