with

verifications as (

    select * from {{ ref('stg_video_verifications') }}

),

pushes as (

    select * from {{ ref('int_video_events_identified') }}

),

value_names as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'verification_result'

),

unit_names as (

    select * from {{ ref('int_sole_unit_names') }}

),

events as (

    select distinct video_event_id from pushes

),

-- Until a number came, the event was shown under its hash, and may have been verified under it.
shown as (

    select
        natural_event_id,
        min(video_event_id) as video_event_id
    from pushes
    group by natural_event_id

),

matched as (

    select
        verifications.*,
        coalesce(events.video_event_id, shown.video_event_id) as video_event_id,
        -- Words that nobody has listed are no answer, and the event was visited all the same.
        coalesce(value_names.value_code, 'unclear') as verification_code,
        unit_names.unit_code as verifying_unit_code,
        coalesce(unit_names.unit_name, verifications.verifying_unit_name) as unit_name
    from verifications
    left join events on verifications.event_id = events.video_event_id
    left join shown on verifications.event_id = shown.natural_event_id
    left join value_names
        on {{ normalised_place_name('verifications.result_name') }} = value_names.name_text
    left join unit_names
        on
            {{ normalised_place_name('verifications.verifying_unit_name') }}
            = unit_names.name_text

),

final as (

    select
        event_id as stated_event_id,
        video_event_id,
        delivery_sha256,
        verification_code,
        verifying_unit_code,
        unit_name as verifying_unit_name,
        disposition_text,
        case_id,
        clue_id,
        file_name,
        sheet_name,
        row_number,
        video_event_id is not null as is_known_event,
        -- One event may be verified under its number and under its hash; the later row counts.
        video_event_id is not null
        and row_number() over (
            partition by video_event_id
            order by
                received_at desc, file_name desc, delivery_sha256 desc,
                sheet_name desc nulls last, row_number desc
        ) = 1 as is_counted,
        verified_at,
        disposed_at,
        received_at
    from matched

)

select * from final
