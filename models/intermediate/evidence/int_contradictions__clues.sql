-- Of a clue only its week, place and state are told.
with

rules as (

    select * from {{ ref('contradiction_rules') }}
    where rule_code = 'X03'

),

signals as (

    select * from {{ ref('fct_signals') }}
    where evidence_type = 'clue'

),

sites as (

    select * from {{ ref('dim_sites') }}
    where is_current

),

clues as (

    select
        clues.*,
        sites.site_name,
        sites.site_class_code,
        coalesce(clues.verified_at, clues.received_at) as answered_or_received_at,
        case clues.result_code
            when 'confirmed' then '，核查属实'
            when 'partly_confirmed' then '，核查部分属实'
            when 'unfounded' then '，核查不属实'
            else '，尚无核查结果'
        end as result_text
    from {{ ref('fct_clues') }} as clues
    inner join sites on clues.site_id = sites.site_id

),

-- Dust and noise of a licensed mine are reported again and again, and rightly nothing is found.
reported_again as (

    select
        clues.*,
        rules.count_min,
        later.clue_id as later_clue_id,
        later.delivery_sha256 as later_delivery_sha256,
        later.row_number as later_row_number,
        later.is_confirmed as is_later_confirmed,
        later.result_text as later_result_text,
        later.received_week_date as later_week_date,
        later.received_date as later_date,
        later.received_at as later_received_at,
        later.answered_or_received_at as later_known_at,
        {{ seconds_between('clues.received_at', 'later.received_at') }} / 3600e0 as hours_between,
        count(*) over (partition by clues.clue_id) as later_count
    from clues
    inner join rules on true
    inner join clues as later
        on
            clues.site_id = later.site_id
            and clues.received_at < later.received_at
            and {{ seconds_between('clues.received_at', 'later.received_at') }}
            <= rules.window_days * 86400
    where
        clues.result_code = 'unfounded'
        and (clues.site_class_code <> 'licensed_mine' or later.is_confirmed)

),

found as (

    select
        reported_again.*,
        signals.signal_id
    from reported_again
    left join signals on reported_again.later_clue_id = signals.evidence_id
    where reported_again.later_count >= reported_again.count_min

),

final as (

    {{ contradiction_rows('X03', 'found', {
        'claim_type': "'clue'",
        'claim_id': 'clue_id',
        'claim_delivery_sha256': 'delivery_sha256',
        'claim_row_number': 'row_number',
        'claim_unit_code': 'transferred_unit_code',
        'township_code': 'township_code',
        'village_code': 'village_code',
        'site_id': 'site_id',
        'claim_text': "cast(received_week_date as varchar) || '当周关于' || site_name || '的举报线索：核查不属实'",
        'evidence_type': "'clue'",
        'evidence_id': 'later_clue_id',
        'signal_id': 'signal_id',
        'evidence_delivery_sha256': 'later_delivery_sha256',
        'evidence_row_number': 'later_row_number',
        'evidence_text': "cast(later_week_date as varchar) || '当周同一点位再次被举报' || later_result_text",
        'confidence_code': "case when is_later_confirmed then 'high' else 'medium' end",
        'hours_between': 'hours_between',
        'claim_date': 'received_date',
        'evidence_date': 'later_date',
        'claimed_at': 'answered_or_received_at',
        'evidence_at': 'later_received_at',
        'evidence_known_at': 'later_received_at',
    }) }}

)

select * from final
