-- Seven rules judged by hand, for DuckDB alone: weekly rounds of villages (M03), monthly ones of townships
-- (M04), quarterly ones of the county (M05), and of cases the decision (C01), its service (C05) and both
-- publications (C20, C21). Limits and graces stand where they are used; no other rule is known here.

create or replace macro period_end(kind, day) as
    case kind
        when 'week' then day + 6
        when 'month' then last_day(day)
        else last_day((day + interval '2' month)::date)
    end;

create or replace macro grace(kind) as
    case kind when 'week' then 72 when 'month' then 120 else 240 end * interval '1' hour;

create or replace temp table by_hand_credits as
from (
    values
    ('village', 'village', 'week', 'village'),
    ('township', 'township', 'month', 'site'),
    ('county', 'county', 'quarter', 'site'),
    ('undetermined', 'village', 'week', 'village'),
    ('undetermined', 'township', 'month', 'site')
) as listed (filed, level, kind, subject_type);

create or replace temp table by_hand_forms as
select
    form_id, credits.level, credits.kind, forms.township_code, forms.village_code,
    forms.is_zero_report, filed = 'undetermined' as is_undetermined, superseded.is_superseded,
    forms.filled_date, forms.received_at,
    case
        when filed <> 'undetermined' then dated.period_start_date
        when stated.period_kind_code = credits.kind then stated.period_start_date
        else date_trunc(credits.kind, forms.filled_date)::date
    end as day
from intermediate.int_patrol_forms_resolved as forms
inner join intermediate.int_patrol_forms_superseded as superseded using (form_id)
inner join intermediate.int_patrol_forms_dated as dated using (form_id)
inner join by_hand_credits as credits
    on forms.patrol_level_code = credits.filed and dated.period_kind_code in (credits.kind, 'none')
left join intermediate.int_patrol_form_periods_stated as stated using (form_id)
where filed <> 'undetermined' or forms.township_code is not null;

create or replace temp table by_hand_lines as
with read as (
    select
        patrol_id, credits.level, credits.kind, credits.subject_type, forms.township_code,
        case when filed = 'undetermined' then placed.village_code else matched.village_code end
            as village_code,
        matched.site_id, filed = 'undetermined' as is_undetermined, superseded.is_superseded,
        lines.is_date_derived, lines.patrol_date, forms.received_at,
        case
            when filed <> 'undetermined' then lines.period_start_date
            when stated.period_kind_code = credits.kind then stated.period_start_date
            else date_trunc(credits.kind, lines.patrol_date)::date
        end as day
    from intermediate.int_patrols_dated as lines
    inner join intermediate.int_patrol_forms_superseded as superseded using (form_id)
    inner join intermediate.int_patrol_forms_resolved as forms using (form_id)
    inner join intermediate.int_patrol_mentions as mentions using (patrol_id)
    inner join intermediate.int_mentions_placed as placed using (mention_id)
    inner join intermediate.int_mentions_matched as matched using (mention_id)
    inner join by_hand_credits as credits
        on lines.patrol_level_code = credits.filed and lines.period_kind_code in (credits.kind, 'none')
    left join intermediate.int_patrol_form_periods_stated as stated using (form_id)
    where filed <> 'undetermined' or forms.township_code is not null
)
select
    *,
    case subject_type when 'village' then village_code else site_id end as subject_id,
    case when is_date_derived then least(patrol_date, period_end(kind, day)) else patrol_date end
        as done_date
from read;

create or replace temp table by_hand_done as
with evidence as (
    select
        level, kind, subject_id, day, 'patrol' as evidence_type, patrol_id as evidence_id,
        is_superseded, done_date, received_at
    from by_hand_lines
    union all
    select
        level, kind, village_code, day, 'zero_report', form_id, is_superseded,
        least(filled_date, period_end(kind, day)), received_at
    from by_hand_forms
    where is_zero_report and level = 'village'
), reported as (
    select
        *,
        least(
            received_at,
            min(received_at) filter (where is_superseded) over (partition by level, subject_id, day)
        ) as reported_at
    from evidence
    where subject_id is not null and day is not null
)
select
    level, subject_id, day,
    arg_min(
        {
            'evidence_type': evidence_type, 'evidence_id': evidence_id,
            'fulfilled_at': done_date::timestamp, 'reported_at': reported_at
        },
        {
            'late': not (
                coalesce(done_date <= period_end(kind, day), true)
                and reported_at <= period_end(kind, day) + interval '1' day + grace(kind)
            ),
            'date': coalesce(done_date, date '9999-01-01'), 'reported': reported_at, 'id': evidence_id
        }
    ) as done
from reported
where not is_superseded
group by all;

create or replace temp table by_hand_excused as
with unclear as (
    select level, kind, township_code, subject_id, day, received_at
    from by_hand_lines
    where not is_superseded and (
        (subject_id is not null and day is null)
        or (is_undetermined and village_code is null and site_id is null)
    )
    union all
    select level, kind, township_code, village_code, day, received_at
    from by_hand_forms
    where not is_superseded and township_code is not null and (
        (level = 'village' and (day is null or (is_zero_report and is_undetermined)))
        or (level = 'township' and day is null)
    )
), last_days as (
    select *, coalesce(day, date_trunc(kind, received_at::date)::date) as last_day from unclear
), spread as (
    select level, township_code, subject_id, last_day as day from last_days
    union all
    select level, township_code, subject_id, date_trunc(kind, last_day - 1)::date
    from last_days where day is null
)
select distinct
    level, subject_id, case when subject_id is null then township_code end as township_code, day
from spread;

create or replace temp table by_hand_patrols as
with today as (
    select as_of_at::date as as_of_date from build.context
), periods as (
    select 'M03' as rule_code, 'village' as level, 'week' as kind, day::date as day
    from today, unnest(generate_series(date '2022-09-19', as_of_date, interval '7' day)) as t (day)
    union all
    select 'M04', 'township', 'month', day::date
    from today, unnest(generate_series(date '2022-10-01', as_of_date, interval '1' month)) as t (day)
    union all
    select 'M05', 'county', 'quarter', day::date
    from today, unnest(generate_series(date '2022-10-01', as_of_date, interval '3' month)) as t (day)
), sites as (
    select
        site_id, village_code, township_code, is_key_area, site_name, village_name,
        greatest(valid_from_at::date, registered_date) as from_date,
        least(
            valid_to_at::date, max(deregistered_date) filter (where is_current) over (partition by site_id)
        ) as to_date
    from intermediate.int_site_versions
), owed as (
    select
        rule_code, level, kind, day,
        case level when 'village' then village_code else site_id end as subject_id,
        min(township_code) as township_code,
        min(case level when 'village' then village_name else site_name end) as subject_name
    from periods
    inner join sites on day >= from_date and (to_date is null or day < to_date)
    where township_code is not null
        and case level when 'village' then village_code is not null else is_key_area end
    group by all
), heard as (
    select distinct level, village_code, township_code, day
    from by_hand_forms where not is_superseded
)
select
    owed.rule_code,
    case owed.level when 'village' then 'village' else 'site' end as subject_type,
    owed.subject_id, owed.subject_name, owed.township_code, owed.kind, owed.day,
    case owed.level
        when 'village' then owed.subject_id
        when 'township' then governments.unit_code
        else 'U01'
    end as owing_unit_code,
    done.done, period_end(owed.kind, owed.day) as last_date,
    done.subject_id is not null or of_village.day is not null or of_township.day is not null
    or of_county.day is not null as has_unit_reported,
    excused.day is not null or excused_township.day is not null as is_excused
from owed
left join by_hand_done as done
    on owed.level = done.level and owed.subject_id = done.subject_id and owed.day = done.day
left join intermediate.int_township_governments as governments
    on owed.township_code = governments.township_code
left join (select distinct level, village_code, day from heard where level = 'village') as of_village
    on owed.level = of_village.level and owed.subject_id = of_village.village_code
    and owed.day = of_village.day
left join (
    select distinct level, township_code, day from heard
    where level <> 'county' and village_code is null
) as of_township
    on owed.level = of_township.level and owed.township_code = of_township.township_code
    and owed.day = of_township.day
left join (select distinct level, day from heard where level = 'county') as of_county
    on owed.level = of_county.level and owed.day = of_county.day
left join (from by_hand_excused where subject_id is not null) as excused
    on owed.level = excused.level and owed.subject_id = excused.subject_id and owed.day = excused.day
left join (from by_hand_excused where subject_id is null) as excused_township
    on owed.level = excused_township.level
    and owed.township_code = excused_township.township_code and owed.day = excused_township.day;

create or replace temp table by_hand_clocks as
with rules as (
    from (
        values
        ('C01', 'FILING', ['DECISION', 'NO_PENALTY', 'TERMINATE', 'MOVE_OUT'], 90, 30, false, false,
            ['APPRAISAL', 'HEARING', 'ANNOUNCE', 'SUSPEND', 'XFER_SENT']),
        ('C05', 'DECISION', ['SERVE'], 7, 0, true, false, ['ANNOUNCE']),
        ('C20', 'DECISION', ['PUBLISH'], 7, 0, true, false, []),
        ('C21', 'CLOSE', ['PUBLISH'], 20, 0, true, true, [])
    ) as listed (rule_code, start, stops, days, more_days, is_working, is_early, pauses)
), events as (
    from intermediate.int_case_events_ordered where not is_after_as_of
), told as (
    select case_id, state_code, occurred_at::date as day, min(first_received_at) as reported_at
    from intermediate.int_case_events_resolved group by all
), started as (
    select rules.*, case_id, round_number::varchar as trigger_id, occurred_at as started_at
    from events inner join rules on state_code = start
    qualify row_number() over (
        partition by rule_code, case_id, round_number order by sequence_number
    ) = 1
), stopped as (
    select
        rule_code, started.case_id, trigger_id,
        arg_min(
            {
                'evidence_type': 'case_event', 'evidence_id': case_event_id,
                'fulfilled_at': occurred_at, 'reported_at': told.reported_at
            },
            {
                'at': occurred_at, 'told': told.reported_at, 'step': events.state_code,
                'id': case_event_id
            }
        ) as done
    from started
    inner join events on started.case_id = events.case_id and list_contains(stops, events.state_code)
    left join told on events.case_id = told.case_id and events.state_code = told.state_code
        and events.occurred_at::date = told.day
    where is_early or occurred_at >= started_at
        or (occurred_at::date = started_at::date and occurred_at = occurred_at::date)
    group by all
), still as (
    select case_id, state_code, started_at, ended_at from intermediate.int_case_pauses
    union all
    select sent.case_id, sent.state_code, sent.occurred_at, min(decided.occurred_at)
    from events as sent
    left join events as decided on sent.case_id = decided.case_id
        and sent.sequence_number < decided.sequence_number
        and decided.state_code in ('PSB_FILED', 'PSB_REFUSED')
    where sent.state_code = 'XFER_SENT'
    group by sent.case_id, sent.state_code, sent.case_event_id, sent.occurred_at
), numbered as (
    select
        rule_code, started.case_id, trigger_id, days, more_days,
        greatest(
            if(is_working, from_days.working_day_number - first_days.working_day_number,
                from_days.day_number - first_days.day_number), 0) as from_number,
        if(is_working, to_days.working_day_number - first_days.working_day_number,
            to_days.day_number - first_days.day_number) as to_number
    from started
    inner join still on started.case_id = still.case_id and list_contains(pauses, still.state_code)
    cross join build.context
    inner join intermediate.int_working_days as first_days
        on started.started_at::date = first_days.calendar_date
    inner join intermediate.int_working_days as from_days
        on still.started_at::date = from_days.calendar_date
    inner join intermediate.int_working_days as to_days
        on least(coalesce(ended_at::date, as_of_at::date), as_of_at::date) = to_days.calendar_date
), islands as (
    select *, sum(is_new) over (partition by rule_code, case_id, trigger_id
        order by from_number, to_number rows unbounded preceding) as island
    from (
        select *, coalesce(from_number > max(to_number) over (
            partition by rule_code, case_id, trigger_id order by from_number, to_number
            rows between unbounded preceding and 1 preceding), true)::int as is_new
        from numbered where from_number < to_number
    )
), pauses as (
    select *, from_number - coalesce(sum(to_number - from_number) over (
        partition by rule_code, case_id, trigger_id order by from_number
        rows between unbounded preceding and 1 preceding), 0) as run_number
    from (
        select rule_code, case_id, trigger_id, days, more_days, min(from_number) as from_number,
            max(to_number) as to_number
        from islands group by rule_code, case_id, trigger_id, days, more_days, island
    )
), asked as (
    select
        started.rule_code, started.case_id, started.trigger_id, started.days,
        asked_number, coalesce(sum(least(to_number, asked_number) - from_number), 0) as paused
    from (
        select started.*, occurred_at::date - started_at::date as asked_number
        from started inner join events on started.case_id = events.case_id
            and state_code = 'EXTENSION' and started_at <= occurred_at
        where rule_code = 'C01'
    ) as started
    left join pauses on started.rule_code = pauses.rule_code and started.case_id = pauses.case_id
        and started.trigger_id = pauses.trigger_id and from_number < asked_number
    group by all
), extended as (
    select distinct rule_code, case_id, trigger_id from asked where asked_number - paused <= days
), paused as (
    select rule_code, case_id, trigger_id, sum(to_number - from_number)::bigint as paused_days
    from pauses left join extended using (rule_code, case_id, trigger_id)
    where run_number <= days + if(extended.case_id is null, 0, more_days)
    group by all
), counted as (
    select
        started.*, done, (extended.case_id is not null)::bigint as extension_count,
        coalesce(paused_days, 0) as paused_days
    from started
    left join stopped using (rule_code, case_id, trigger_id)
    left join extended using (rule_code, case_id, trigger_id)
    left join paused using (rule_code, case_id, trigger_id)
)
select
    counted.rule_code, counted.case_id, counted.trigger_id, counted.started_at, counted.done,
    extension_count, paused_days, cases.case_name, cases.township_code, cases.handling_unit_code,
    if(is_working, last_days.calendar_date,
        started_at::date + (days + more_days * extension_count + paused_days)::int) as last_date
from counted
left join intermediate.int_duty_cases as cases using (case_id)
left join intermediate.int_working_days as first_days
    on counted.started_at::date = first_days.calendar_date
left join (from intermediate.int_working_days where is_working_day) as last_days
    on is_working = last_days.is_working_day
    and first_days.working_day_number + days + paused_days = last_days.working_day_number;

create or replace table by_hand as
with owed as (
    select
        rule_code, owing_unit_code, township_code, subject_type, subject_id, subject_name,
        null as trigger_id, 0::bigint as extension_count, 0::bigint as paused_days, is_excused,
        has_unit_reported, day as period_start_date, last_date as period_end_date, last_date as due_date,
        null::timestamp as started_at, day as rule_date, done
    from by_hand_patrols
    union all
    select
        rule_code, handling_unit_code, township_code, 'case', case_id, case_name,
        trigger_id, extension_count, paused_days, false,
        true, null, null, last_date,
        started_at, started_at::date, done
    from by_hand_clocks
), rules as (
    select rules.*, units.unit_code as lead_unit_code, coalesce(unit_name, lead_unit_name) as lead_name
    from seeds.obligation_rules as rules
    left join intermediate.int_sole_unit_names as units on lead_unit_name = name_text
), known as (
    select
        owed.* exclude (done), as_of_at, (owed.due_date + 1)::timestamp as due_at,
        owed.due_date + interval '1' day + grace_hours * interval '1' hour as report_due_at,
        rules.* exclude (rule_code, subject_type, due_date),
        md5(concat_ws('|', owed.rule_code, coalesce(owing_unit_code, ''), owed.subject_type, subject_id,
            coalesce(period_start_date::varchar, ''), coalesce(trigger_id, ''))) as obligation_id,
        case when done.fulfilled_at is null or done.fulfilled_at <= as_of_at then done end as done
    from owed
    cross join build.context
    inner join rules
        on owed.rule_code = rules.rule_code
        and rule_date >= valid_from_date and (valid_to_date is null or rule_date < valid_to_date)
), waived as (
    select
        obligation_id,
        arg_max({
            'reason': reason_text, 'approver': approver_position_name, 'number': waivers.document_number
        }, {'received': received_at, 'from': from_date}) as waiver
    from known
    inner join intermediate.int_waivers_resolved as waivers
        on known.rule_code = waivers.rule_code and owing_unit_code = waivers.unit_code
        and coalesce(object_id, subject_id) = subject_id and due_date between from_date and to_date
    group by obligation_id
), firsts as (
    select feed_code, min(received_at) as first_received_at
    from build.deliveries where outcome_code = 'used' group by all
), loads as (
    select distinct received_at from build.deliveries where received_at_source_code = 'load'
), judged as (
    select
        known.*, waiver, coalesce(done.fulfilled_at >= due_at, false) as is_done_late,
        case
            when waiver is not null then 'waived'
            when done.evidence_id is not null then if(
                is_done_late or (
                    coalesce(done.reported_at > report_due_at, false) and loads.received_at is null
                    and coalesce(due_at >= first_received_at, true)
                ), 'met_late', 'met')
            when as_of_at < due_at or is_excused then 'open'
            when not has_unit_reported then 'no_report'
            else 'overdue'
        end as status
    from known
    left join waived using (obligation_id)
    left join loads on done.reported_at = loads.received_at
    left join firsts on firsts.feed_code = case done.evidence_type
        when 'case_event' then 'case_events' else 'patrol_ledger' end
)
select
    obligation_id, rule_code, clause_code, kind_code, period_kind_code, lead_unit_code,
    owing_unit_code, judged.township_code, subject_type, subject_id, trigger_id,
    done.evidence_type as evidence_type, done.evidence_id as evidence_id, certainty_code, status,
    rule_name, lead_name as lead_unit_name, units.unit_name as owing_unit_name,
    townships.township_name, subject_name, basis_text, waiver.reason as waiver_reason_text,
    waiver.approver as waiver_approver_name, waiver.number as waiver_document_number,
    extension_count, paused_days,
    (date_sub('second', due_at, case
        when status in ('overdue', 'no_report') then as_of_at
        when status = 'met_late' then if(is_done_late, done.fulfilled_at, done.reported_at)
    end) / 86400e0)::decimal(12, 2) as days_late,
    status = 'open' and as_of_at < due_at
    and as_of_at >= due_at - due_soon_number * interval '1' day as is_due_soon,
    status in ('overdue', 'no_report') and as_of_at <= report_due_at as is_in_grace,
    status = 'met_late' and not is_done_late as is_reported_late,
    is_restricted, is_excused, has_unit_reported, period_start_date, period_end_date, due_date,
    started_at, due_at, done.fulfilled_at as fulfilled_at, done.reported_at as reported_at
from judged
left join (from marts.dim_units where is_current) as units on owing_unit_code = units.unit_code
left join (from marts.dim_townships where is_current) as townships
    on judged.township_code = townships.township_code;
