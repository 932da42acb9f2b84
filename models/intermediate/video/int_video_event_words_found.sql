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
        event_kind_code,
        event_type_name
    from {{ ref('video_event_types') }}
    where match_scope_code = 'part'

),

kinds as (

    select * from {{ ref('video_event_kinds') }}

),

-- Each text is searched once, however many events carry it.
written as (

    select event_type_code as written_text
    from types
    union
    select event_type_name as written_text
    from types
    union
    select events.description_text as written_text
    from events
    inner join types on events.written_type_id = types.written_type_id

),

normalised as (

    select
        written_text,
        {{ normalised_type_text('written_text') }} as searched_text
    from written
    where written_text is not null

),

final as (

    select
        normalised.written_text,
        words.event_kind_code,
        words.event_type_name,
        kinds.kind_rank
    from normalised
    inner join words on instr(normalised.searched_text, words.word_text) > 0
    inner join kinds on words.event_kind_code = kinds.event_kind_code
    qualify row_number() over (
        partition by normalised.written_text
        order by kinds.kind_rank asc, length(words.word_text) desc, words.word_text asc
    ) = 1

)

select * from final
