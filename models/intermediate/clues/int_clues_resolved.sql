with

clues as (

    select * from {{ ref('stg_clues') }}

),

channels as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'clue_channel'

),

results as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'clue_result'

),

units as (

    select * from {{ ref('int_sole_unit_names') }}

),

final as (

    select
        clues.clue_id,
        clues.delivery_sha256,
        clues.case_id,
        coalesce(channels.value_code, 'other') as channel_code,
        -- An unknown channel is not shown in its own words either.
        coalesce(channels.value_name, '其他') as channel_name,
        units.unit_code as transferred_unit_code,
        -- Not as written where the unit is not known: the cell may name who took it.
        units.unit_name as transferred_unit_name,
        case
            when clues.result_name is null then 'none'
            else coalesce(results.value_code, 'other')
        end as result_code,
        clues.row_number,
        coalesce(clues.is_real_name = 'yes', false) as is_real_name,
        clues.transferred_unit_name is not null
        or clues.transferred_at is not null as is_transferred,
        clues.clue_received_at as received_at,
        clues.transferred_at,
        clues.verified_at,
        clues.answered_at
    from clues
    left join channels
        on {{ normalised_place_name('clues.channel_name') }} = channels.name_text
    left join results
        on {{ normalised_place_name('clues.result_name') }} = results.name_text
    left join units
        on {{ normalised_place_name('clues.transferred_unit_name') }} = units.name_text

)

select * from final
