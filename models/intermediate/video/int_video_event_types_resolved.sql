with

codes as (

    select * from {{ ref('int_video_event_codes_resolved') }}

),

words as (

    select * from {{ ref('int_video_event_words_found') }}
    where not is_description

),

kinds as (

    select * from {{ ref('video_event_kinds') }}

),

resolved as (

    select
        codes.written_type_id,
        codes.source_format,
        codes.event_type_code,
        codes.event_type_name,
        codes.type_text,
        case
            when not codes.needs_words then codes.event_kind_code
            when name_words.kind_rank < code_words.kind_rank then name_words.event_kind_code
            else coalesce(
                code_words.event_kind_code, name_words.event_kind_code, codes.event_kind_code,
                'other'
            )
        end as event_kind_code,
        case
            when not codes.needs_words then codes.known_type_name
            when name_words.kind_rank < code_words.kind_rank then name_words.event_type_name
            else coalesce(
                code_words.event_type_name, name_words.event_type_name, codes.known_type_name
            )
        end as known_type_name,
        codes.is_known_code
        or code_words.kind_rank is not null
        or name_words.kind_rank is not null as is_known_type
    from codes
    left join words as code_words on codes.event_type_code = code_words.written_text
    left join words as name_words on codes.event_type_name = name_words.written_text

),

final as (

    select
        resolved.written_type_id,
        resolved.type_text,
        resolved.event_kind_code,
        -- The words of the platform, which may stand in place of a code, else what its code means.
        coalesce(
            nullif(resolved.event_type_name, ''),
            case
                when regexp_extract(resolved.event_type_code, '[一-龥]', 0) <> ''
                    then resolved.event_type_code
            end,
            resolved.known_type_name,
            nullif(resolved.event_type_code, '')
        ) as event_type_name,
        resolved.is_known_type,
        kinds.is_generic and resolved.source_format = 'gb28181' as needs_description
    from resolved
    inner join kinds on resolved.event_kind_code = kinds.event_kind_code

)

select * from final
