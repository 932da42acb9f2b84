with

types as (

    select * from {{ ref('int_video_event_codes_resolved') }}
    where needs_words

),

events as (

    select * from {{ ref('int_video_events_read') }}

),

words as (

    select
        {{ normalised_type_text('type_text') }} as word_text,
        match_scope_code,
        event_kind_code,
        event_type_name
    from {{ ref('video_event_types') }}
    where match_scope_code in ('part', 'anywhere')

),

kinds as (

    select * from {{ ref('video_event_kinds') }}

),

-- Each text is searched once, however many events carry it. GB/T 28181 has no code for a digger, so
-- its description counts; other formats name the type, and their descriptions name places, too.
written as (

    select
        event_type_code as written_text,
        false as is_description
    from types
    union
    select
        event_type_name as written_text,
        false as is_description
    from types
    union
    select
        events.description_text as written_text,
        true as is_description
    from events
    inner join types on events.written_type_id = types.written_type_id
    where types.source_format = 'gb28181'

),

normalised as (

    select
        written_text,
        is_description,
        {{ normalised_type_text('written_text') }} as searched_text
    from written
    where written_text is not null

),

final as (

    select
        normalised.written_text,
        words.event_kind_code,
        words.event_type_name,
        kinds.kind_rank,
        normalised.is_description
    from normalised
    inner join words
        on
            instr(normalised.searched_text, words.word_text) > 0
            and (words.match_scope_code = 'anywhere' or not normalised.is_description)
    inner join kinds on words.event_kind_code = kinds.event_kind_code
    qualify row_number() over (
        partition by normalised.written_text, normalised.is_description
        order by kinds.kind_rank asc, length(words.word_text) desc, words.word_text asc
    ) = 1

)

select * from final
