with

events as (

    select * from {{ ref('int_video_events_merged') }}

),

kinds as (

    select * from {{ ref('video_event_kinds') }}

),

placed as (

    select * from {{ ref('int_video_events_placed') }}

),

verifications as (

    select * from {{ ref('int_video_verifications_matched') }}
    where is_counted

),

verification_reports as (

    select * from {{ ref('stg_video_verifications') }}

),

cameras as (

    select * from {{ ref('int_cameras_resolved') }}

),

camera_reports as (

    select * from {{ ref('stg_cameras') }}

),

-- What a camera says of itself, or of things that are no digging, nobody has to look at in hours.
event_things as (

    select
        'video_event' as subject_type,
        events.video_event_id as subject_id,
        verifications.verifying_unit_code as unit_code,
        placed.township_code,
        'video_verification' as evidence_type,
        events.video_event_id as evidence_id,
        kinds.event_kind_name as subject_name,
        cast(null as date) as stated_due_date,
        verifications.verification_code = 'confirmed' as is_confirmed,
        coalesce(verifications.case_id, verifications.clue_id) is not null as has_case,
        coalesce(events.first_pushed_at, events.occurred_at) as pushed_at,
        verifications.verified_at,
        verification_reports.first_received_at as verified_reported_at
    from events
    inner join kinds on events.event_kind_code = kinds.event_kind_code
    inner join placed on events.video_event_id = placed.video_event_id
    left join verifications on events.video_event_id = verifications.video_event_id
    left join verification_reports
        on verifications.stated_event_id = verification_reports.event_id
    where kinds.is_mining_related and not kinds.is_device_fault

),

camera_things as (

    select
        'camera' as subject_type,
        cameras.camera_id as subject_id,
        cast(null as varchar) as unit_code,
        cameras.township_code,
        'camera' as evidence_type,
        cameras.camera_id as evidence_id,
        cameras.camera_name as subject_name,
        cameras.planned_date as stated_due_date,
        cameras.is_in_service,
        cameras.service_from_date,
        camera_reports.first_received_at,
        camera_reports.built_reported_at
    from cameras
    inner join camera_reports on cameras.camera_id = camera_reports.device_id

),

final as (

    {{ steps_taken('event_things', [
        ('pushed', 'true', 'pushed_at', 'cast(null as timestamp)'),
        ('verified', 'verified_at is not null', 'verified_at', 'verified_reported_at'),
        ('confirmed', 'is_confirmed and verified_at is not null', 'verified_at', 'verified_reported_at'),
        ('has_case', 'has_case', 'null', 'verified_reported_at'),
    ]) }}
    union all
    {{ steps_taken('camera_things', [
        ('listed', 'true', 'first_received_at', 'cast(null as timestamp)'),
        ('camera_built', 'is_in_service', 'service_from_date', 'built_reported_at'),
    ]) }}

)

select * from final
