with

events as (

    select * from {{ ref('int_case_events_resolved') }}

),

-- Of the writings of one step the one with its document and its time of day says most, then the one
-- received last.
ranked as (

    select
        *,
        row_number() over (
            partition by case_id, state_key
            order by
                case when document_number is null then 1 else 0 end asc,
                case when is_date_only then 1 else 0 end asc,
                case when amount_yuan is null then 1 else 0 end asc,
                received_at desc,
                file_name desc,
                delivery_sha256 desc,
                sheet_name desc nulls last,
                row_number desc
        ) as writing_rank
    from events

),

-- One document is one step, whatever its date was corrected to.
documented as (

    select
        *,
        min(writing_rank) over (
            partition by
                case_id, state_key, coalesce(document_number, case_event_id)
        ) as step_rank
    from ranked

),

-- Where one of two writings has no document it is the moment that tells, or the day where one gives
-- no time of day. Two payments of a day stay two.
same_steps as (

    select
        written.case_event_id,
        better.step_rank
    from documented as written
    inner join documented as better
        on written.case_id = better.case_id and written.state_key = better.state_key
    where
        written.writing_rank > better.step_rank
        and (
            written.document_number = better.document_number
            or (
                written.document_number is null
                and written.writing_rank > better.writing_rank
                and (
                    written.occurred_at = better.occurred_at
                    or (
                        (written.is_date_only or better.is_date_only)
                        and cast(written.occurred_at as date) = cast(better.occurred_at as date)
                    )
                )
                and coalesce(written.amount_yuan = better.amount_yuan, true)
            )
        )

),

first_writings as (

    select
        documented.case_id,
        documented.state_key,
        documented.case_event_id,
        documented.writing_rank
    from documented
    left join same_steps on documented.case_event_id = same_steps.case_event_id
    where same_steps.case_event_id is null

),

-- A writing that is like another one only through a third stands for itself.
steps as (

    select
        documented.case_event_id,
        coalesce(first_writings.case_event_id, documented.case_event_id) as step_id
    from documented
    left join same_steps on documented.case_event_id = same_steps.case_event_id
    left join first_writings
        on
            documented.case_id = first_writings.case_id
            and documented.state_key = first_writings.state_key
            and same_steps.step_rank = first_writings.writing_rank
    qualify row_number() over (
        partition by documented.case_event_id
        order by first_writings.writing_rank asc nulls last
    ) = 1

),

-- What one writing leaves out another may say.
said as (

    select
        steps.step_id,
        max(ranked.amount_yuan) as amount_yuan,
        max(ranked.counterpart_unit_code) as counterpart_unit_code,
        max(ranked.counterpart_unit_name) as counterpart_unit_name,
        max(ranked.due_date) as due_date,
        max(ranked.ended_at) as ended_at,
        count(*) as writing_count
    from steps
    inner join ranked on steps.case_event_id = ranked.case_event_id
    group by steps.step_id

),

final as (

    select
        ranked.case_event_id,
        ranked.delivery_sha256,
        ranked.case_id,
        ranked.state_code,
        case
            when ranked.counterpart_unit_name is null then said.counterpart_unit_code
            else ranked.counterpart_unit_code
        end as counterpart_unit_code,
        coalesce(ranked.counterpart_unit_name, said.counterpart_unit_name)
            as counterpart_unit_name,
        ranked.state_name,
        ranked.document_number,
        ranked.file_name,
        ranked.sheet_name,
        ranked.row_number,
        coalesce(ranked.amount_yuan, said.amount_yuan) as amount_yuan,
        said.writing_count,
        coalesce(ranked.due_date, said.due_date) as due_date,
        ranked.occurred_at,
        coalesce(
            ranked.ended_at, case when said.ended_at >= ranked.occurred_at then said.ended_at end
        ) as ended_at,
        ranked.received_at
    from ranked
    inner join said on ranked.case_event_id = said.step_id

)

select * from final
