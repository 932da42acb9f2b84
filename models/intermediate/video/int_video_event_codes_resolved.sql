with

written as (

    select distinct
        written_type_id,
        source_format,
        event_type_code,
        event_type_name
    from {{ ref('int_video_events_read') }}

),

types as (

    select
        source_format,
        {{ normalised_type_text('type_text') }} as type_text,
        event_kind_code,
        event_type_name
    from {{ ref('video_event_types') }}
    where match_scope_code = 'whole'

),

kinds as (

    select * from {{ ref('video_event_kinds') }}

),

normalised as (

    select
        written_type_id,
        source_format,
        event_type_code,
        event_type_name,
        coalesce({{ normalised_type_text('event_type_code') }}, '') as code_text,
        coalesce({{ normalised_type_text('event_type_name') }}, '') as name_text
    from written

),

-- The code of GB/T 28181 is method.type, and several methods may stand together: 12.1 is type 1 of
-- method 1 or 2. A type that nobody knows still tells its method.
matched as (

    select
        normalised.written_type_id,
        types.event_kind_code,
        types.event_type_name,
        types.type_text,
        case when types.type_text = normalised.code_text then 1 else 2 end as match_rank
    from normalised
    inner join types
        on
            types.source_format in (normalised.source_format, 'any')
            and types.type_text in (normalised.code_text, normalised.name_text)
    union all
    select
        normalised.written_type_id,
        types.event_kind_code,
        types.event_type_name,
        types.type_text,
        case
            when split_part(types.type_text, '.', 2) = split_part(normalised.code_text, '.', 2)
                then 3
            else 4
        end as match_rank
    from normalised
    inner join types
        on
            normalised.source_format = types.source_format
            and instr(
                split_part(normalised.code_text, '.', 1), split_part(types.type_text, '.', 1)
            ) > 0
            and split_part(types.type_text, '.', 2)
            in (split_part(normalised.code_text, '.', 2), '')
    where normalised.source_format = 'gb28181'

),

best as (

    select
        matched.written_type_id,
        matched.event_kind_code,
        matched.event_type_name,
        matched.match_rank,
        kinds.is_generic
    from matched
    inner join kinds on matched.event_kind_code = kinds.event_kind_code
    qualify row_number() over (
        partition by matched.written_type_id
        order by matched.match_rank asc, kinds.kind_rank asc, matched.type_text asc
    ) = 1

),

final as (

    select
        normalised.written_type_id,
        normalised.source_format,
        normalised.event_type_code,
        normalised.event_type_name,
        case when normalised.code_text <> '' then normalised.code_text else normalised.name_text end
            as type_text,
        best.event_kind_code,
        best.event_type_name as known_type_name,
        coalesce(best.match_rank < 4, false) as is_known_code,
        -- 视频报警 says nothing, 视频报警 with the words 挖掘机 does.
        coalesce(best.is_generic, true) as needs_words
    from normalised
    left join best on normalised.written_type_id = best.written_type_id

)

select * from final
