with

staged as (

    select * from {{ ref('stg_sponsorships') }}

),

township_names as (

    select * from {{ ref('int_township_names') }}

),

village_names as (

    select * from {{ ref('int_village_names') }}

),

levels as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'sponsor_level'

),

-- Of one moment only the last row counts, as inside one file.
delivered as (

    select
        *,
        {{ hash_id([
            'position_name', 'level_name', 'township_name', 'village_name',
            'start_date', 'end_date'
        ]) }} as content_hash
    from staged
    qualify row_number() over (
        partition by sponsorship_id, received_at
        order by
            file_name desc, delivery_sha256 desc, sheet_name desc nulls last, row_number desc
    ) = 1

),

-- A sponsorship that a later list does not carry stays: no delivery is a full list.
changed as (

    select * from delivered
    qualify content_hash is distinct from lag(content_hash) over (
        partition by sponsorship_id order by received_at
    )

),

final as (

    select
        {{ hash_id(['changed.sponsorship_id', 'changed.received_at']) }}
            as sponsorship_version_id,
        changed.sponsorship_id,
        changed.delivery_sha256,
        changed.file_name,
        changed.sheet_name,
        changed.position_name,
        case
            when changed.level_name is null then 'none'
            else coalesce(levels.value_code, 'other')
        end as level_code,
        township_names.township_code,
        coalesce(township_names.township_name, changed.township_name) as township_name,
        village_names.village_code,
        coalesce(village_names.village_name, changed.village_name) as village_name,
        changed.row_number,
        lead(changed.received_at) over (
            partition by changed.sponsorship_id order by changed.received_at
        ) is null as is_current,
        changed.start_date,
        changed.end_date,
        -- It held from its first day on, which the first list reports afterwards.
        case
            when
                lag(changed.received_at) over (
                    partition by changed.sponsorship_id order by changed.received_at
                ) is null
                then least(cast(changed.start_date as timestamp), changed.received_at)
            else changed.received_at
        end as valid_from_at,
        lead(changed.received_at) over (
            partition by changed.sponsorship_id order by changed.received_at
        ) as valid_to_at
    from changed
    left join levels
        on {{ normalised_place_name('changed.level_name') }} = levels.name_text
    left join township_names
        on {{ normalised_place_name('changed.township_name') }} = township_names.name_text
    left join village_names
        on
            township_names.township_code = village_names.township_code
            and {{ normalised_place_name('changed.village_name') }} = village_names.name_text

)

select * from final
