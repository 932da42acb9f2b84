with

-- What has not happened by the as-of time is no stage yet.
events as (

    select
        *,
        round_number = max(round_number) over (partition by case_id) as is_last_round
    from {{ ref('int_case_events_ordered') }}
    where not is_after_as_of

),

states as (

    select * from {{ ref('case_states') }}

),

filing as (

    select stage_number from states
    where state_code = 'FILING'

),

-- The clue is the same one however often the case is filed, and so are police, discipline and
-- supervision; from the filing on only the last round counts.
counting as (

    select events.*
    from events
    cross join filing
    where
        events.is_last_round
        or events.stage_number < filing.stage_number
        or events.branch_code in ('police', 'discipline', 'supervision')

),

reached as (

    select
        case_id,
        max(stage_number) as stage_number,
        max(case when state_code = 'PUBLISH' then sequence_number end) as published_number,
        max(case when state_code = 'WITHDRAW_PUBLICATION' then sequence_number end)
            as withdrawn_number,
        min(case when is_ending then sequence_number end) as ending_number,
        sum(case when amount_kind_code = 'fine_imposed' then amount_yuan end)
            as fine_imposed_yuan,
        sum(case when amount_kind_code = 'fine_paid' then amount_yuan end) as fine_paid_yuan,
        sum(case when amount_kind_code = 'confiscated' then amount_yuan end) as confiscated_yuan,
        {% for column, state in [
            ('clue_registered_at', 'CLUE_REG'), ('dispatched_at', 'CLUE_DISPATCH'),
            ('checked_at', 'CLUE_CHECK'), ('stop_notice_at', 'STOP_NOTICE'),
            ('filed_at', 'FILING'), ('investigated_at', 'INVESTIGATE'),
            ('reviewed_at', 'REVIEW'), ('notified_at', 'NOTICE'), ('heard_at', 'HEARING'),
            ('decided_at', 'DECISION'), ('served_at', 'SERVE'), ('executed_at', 'EXECUTE'),
            ('closed_at', 'CLOSE'), ('published_at', 'PUBLISH'),
            ('transfer_approved_at', 'XFER_APPROVE'), ('transferred_at', 'XFER_SENT'),
            ('police_filed_at', 'PSB_FILED'), ('police_refused_at', 'PSB_REFUSED'),
            ('discipline_transferred_at', 'XFER_JW'), ('supervised_at', 'SUPERVISED'),
        ] -%}
        min(case when state_code = '{{ state }}' then occurred_at end) as {{ column }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from counting
    group by case_id

),

counts as (

    select
        case_id,
        count(*) as event_count
    from events
    group by case_id

),

final as (

    select
        reached.case_id,
        stages.state_code as stage_code,
        endings.state_code as ending_state_code,
        stages.state_name as stage_name,
        endings.state_name as ending_state_name,
        reached.fine_imposed_yuan,
        reached.fine_paid_yuan,
        reached.confiscated_yuan,
        counts.event_count,
        reached.published_number is not null
        and coalesce(reached.published_number > reached.withdrawn_number, true) as is_published,
        reached.clue_registered_at,
        reached.dispatched_at,
        reached.checked_at,
        reached.stop_notice_at,
        reached.filed_at,
        reached.investigated_at,
        reached.reviewed_at,
        reached.notified_at,
        reached.heard_at,
        reached.decided_at,
        reached.served_at,
        reached.executed_at,
        reached.closed_at,
        reached.published_at,
        reached.transfer_approved_at,
        reached.transferred_at,
        reached.police_filed_at,
        reached.police_refused_at,
        reached.discipline_transferred_at,
        reached.supervised_at,
        endings.occurred_at as ended_at
    from reached
    inner join counts on reached.case_id = counts.case_id
    left join states as stages on reached.stage_number = stages.stage_number
    left join events as endings
        on
            reached.case_id = endings.case_id
            and reached.ending_number = endings.sequence_number

)

select * from final
