with

cases as (

    select * from {{ ref('int_cases_resolved') }}

),

mentions as (

    select * from {{ ref('int_case_mentions') }}

),

matched as (

    select * from {{ ref('int_mentions_matched') }}

),

stages as (

    select * from {{ ref('int_case_stages_reached') }}

),

pauses as (

    select * from {{ ref('int_case_pauses_counted') }}

),

townships as (

    select * from {{ ref('dim_townships') }}
    where is_current

),

villages as (

    select * from {{ ref('dim_villages') }}
    where is_current

),

context as (

    select as_of_at from {{ source('build', 'context') }}

),

joined as (

    select
        cases.*,
        townships.township_name,
        villages.village_name,
        matched.township_code,
        matched.village_code,
        matched.site_id,
        matched.site_name,
        matched.unregistered_place_id,
        matched.match_method_code,
        matched.match_confidence_code,
        matched.longitude,
        matched.latitude,
        stages.stage_code,
        stages.stage_name,
        stages.ending_state_code,
        stages.ending_state_name,
        stages.fine_imposed_yuan,
        stages.fine_paid_yuan,
        stages.confiscated_yuan,
        coalesce(stages.event_count, 0) as event_count,
        case
            when stages.filed_at is not null
                then {{ days_of_seconds('coalesce(pauses.paused_seconds, 0)') }}
        end as paused_days,
        coalesce(stages.is_published, false) as is_published,
        cast(cases.discovered_date as timestamp) as discovered_at,
        stages.clue_registered_at,
        stages.dispatched_at,
        stages.checked_at,
        stages.stop_notice_at,
        stages.filed_at,
        stages.investigated_at,
        stages.reviewed_at,
        stages.notified_at,
        stages.heard_at,
        stages.decided_at,
        stages.served_at,
        stages.executed_at,
        stages.closed_at,
        stages.published_at,
        stages.transfer_approved_at,
        stages.transferred_at,
        stages.police_filed_at,
        stages.police_refused_at,
        stages.discipline_transferred_at,
        stages.supervised_at,
        stages.ended_at,
        coalesce(stages.ended_at, context.as_of_at) as counted_until_at
    from cases
    cross join context
    inner join mentions on cases.case_id = mentions.case_id
    inner join matched on mentions.mention_id = matched.mention_id
    left join stages on cases.case_id = stages.case_id
    left join pauses on cases.case_id = pauses.case_id
    left join townships on matched.township_code = townships.township_code
    left join villages on matched.village_code = villages.village_code

),

final as (

    select
        -- ids
        case_id,
        delivery_sha256,
        case_type_code,
        township_code,
        village_code,
        site_id,
        unregistered_place_id,
        clue_source_code,
        clue_id,
        handling_unit_code,
        mineral_code,
        meter_id,
        -- text
        -- 案由 may name people, so a title is made of what does not.
        coalesce(
            nullif(coalesce(township_name, '') || coalesce(site_name, village_name, ''), '')
            || '·',
            ''
        ) || case_type_name as case_title_text,
        case_type_name,
        township_name,
        village_name,
        site_name,
        match_method_code,
        match_confidence_code,
        clue_source_name,
        handling_unit_name,
        party_kind_code,
        mineral_name,
        case
            when supervision_code = 'none' and supervised_at is not null then 'listed'
            else supervision_code
        end as supervision_code,
        case
            when supervision_code = 'none' and supervised_at is null then 'none'
            else supervision_level_code
        end as supervision_level_code,
        area_kind_code,
        coalesce(stage_code, 'none') as stage_code,
        coalesce(stage_name, '尚无节点') as stage_name,
        ending_state_code,
        ending_state_name,
        file_name,
        sheet_name,
        -- numbers
        row_number,
        cast(illegal_tonnes as decimal(18, 2)) as illegal_tonnes,
        cast(case_value_yuan as decimal(18, 2)) as case_value_yuan,
        cast(fine_imposed_yuan as decimal(18, 2)) as fine_imposed_yuan,
        cast(fine_paid_yuan as decimal(18, 2)) as fine_paid_yuan,
        cast(confiscated_yuan as decimal(18, 2)) as confiscated_yuan,
        event_count,
        {{ days_between('discovered_at', 'filed_at') }} as days_to_filing,
        {{ days_between('filed_at', 'decided_at') }} as days_filing_to_decision,
        paused_days,
        cast({{ days_between('filed_at', 'decided_at') }} - paused_days as decimal(18, 2))
            as net_days_filing_to_decision,
        {{ days_between('decided_at', 'closed_at') }} as days_decision_to_closing,
        -- What was public before it was closed kept nobody waiting.
        case
            when published_at is not null
                then {{ days_between('closed_at', 'greatest(closed_at, published_at)') }}
        end as days_closing_to_publishing,
        {{ days_between('discovered_at', 'counted_until_at') }} as days_open,
        longitude,
        latitude,
        -- booleans
        has_named_investigator,
        is_electricity_involved,
        is_electricity_checked,
        is_major,
        has_serious_consequence,
        supervision_code <> 'none' or supervised_at is not null as is_supervised,
        transferred_at is not null as is_transferred_to_police,
        discipline_transferred_at is not null as is_transferred_to_discipline,
        ended_at is null as is_open,
        is_published,
        -- dates
        discovered_date,
        act_date,
        -- timestamps
        clue_registered_at,
        dispatched_at,
        checked_at,
        stop_notice_at,
        filed_at,
        investigated_at,
        reviewed_at,
        notified_at,
        heard_at,
        decided_at,
        served_at,
        executed_at,
        closed_at,
        published_at,
        transfer_approved_at,
        transferred_at,
        police_filed_at,
        police_refused_at,
        discipline_transferred_at,
        supervised_at,
        ended_at
    from joined

)

select * from final
