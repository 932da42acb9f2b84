{%- set form = {
    'claim_type': "'patrol_form'", 'claim_id': 'form_id', 'claim_delivery_sha256': 'delivery_sha256',
    'claim_file_name': 'file_name', 'claim_sheet_name': 'sheet_name',
    'claim_unit_code': 'reporting_unit_code', 'township_code': 'form_township_code',
    'evidence_type': "'patrol'", 'evidence_id': 'other_patrol_id',
    'evidence_delivery_sha256': 'delivery_sha256', 'evidence_file_name': 'file_name',
    'evidence_sheet_name': 'other_sheet_name', 'evidence_row_number': 'other_row_number',
    'hours_between': '0', 'claim_date': 'claim_date', 'evidence_date': 'other_date',
    'claimed_at': 'reported_at', 'evidence_at': 'reported_at',
} -%}

with

rules as (

    select * from {{ ref('contradiction_rules') }}

),

patrols as (

    select
        *,
        coalesce(filled_date, cast(reported_at as date)) as claim_date,
        min(township_code) over (partition by form_id) as form_township_code,
        coalesce(reporting_unit_name, '') || '台账'
        || coalesce('（' || cast(filled_date as varchar) || '填写）', '') as form_text,
        -- A date without a time says nothing of the hour.
        nullif({{ seconds_between("date_trunc('day', arrived_at)", 'arrived_at') }}, 0)
            as second_of_day,
        round(longitude, 6) as point_longitude,
        round(latitude, 6) as point_latitude,
        {{ with_pattern_replaced(
            'location_text', '[0-9.°′″〃〞度分秒,，、;；:()（） A-Z]|东经|北纬|经度|纬度|废弃矿井', ''
        ) }} as bare_text
    from {{ ref('fct_patrols') }}

),

timed as (

    select
        *,
        count(*) over (partition by delivery_sha256) as timed_count,
        count(*) over (partition by delivery_sha256, second_of_day) as same_count,
        min(patrol_date) over (partition by delivery_sha256, second_of_day) as first_date,
        max(patrol_date) over (partition by delivery_sha256, second_of_day) as last_date
    from patrols
    where second_of_day is not null

),

-- All on one day may be one convoy; on several days at the same second nobody looked at a watch.
one_hour as (

    select
        timed.*,
        row_number() over (
            partition by timed.delivery_sha256, timed.second_of_day
            order by timed.patrol_date desc, timed.patrol_id asc
        ) as line_rank
    from timed
    inner join rules
        on
            rules.rule_code = 'X10H'
            and timed.same_count >= rules.count_min
            and timed.same_count >= timed.timed_count * rules.share_min
    where timed.first_date < timed.last_date

),

same_hour as (

    select
        one_hour.*,
        others.patrol_id as other_patrol_id,
        others.sheet_name as other_sheet_name,
        others.row_number as other_row_number,
        others.patrol_date as other_date
    from one_hour
    inner join one_hour as others
        on one_hour.delivery_sha256 = others.delivery_sha256 and others.line_rank = 1
    qualify row_number() over (
        partition by one_hour.form_id order by one_hour.row_number, one_hour.patrol_id
    ) = 1

),

points as (

    select
        form_id,
        point_longitude,
        point_latitude,
        count(distinct bare_text) as place_count
    from patrols
    where point_longitude is not null and point_latitude is not null and bare_text <> ''
    group by form_id, point_longitude, point_latitude

),

one_point as (

    select
        patrols.*,
        points.place_count,
        patrols.patrol_id as other_patrol_id,
        patrols.sheet_name as other_sheet_name,
        patrols.row_number as other_row_number,
        patrols.patrol_date as other_date
    from patrols
    inner join points
        on
            patrols.form_id = points.form_id
            and patrols.point_longitude = points.point_longitude
            and patrols.point_latitude = points.point_latitude
    inner join rules on rules.rule_code = 'X11P' and points.place_count >= rules.count_min

),

final as (

    {{ contradiction_rows('X10H', 'same_hour', dict(form, **{
        'claim_text': "form_text || '填有到达时间'",
        'evidence_text': "'同一份文件中' || cast(timed_count as varchar) || '行填有到达时间，其中'"
            " || cast(same_count as varchar) || '行为同一时刻（' || substr(cast(arrived_at as varchar), 12, 5)"
            " || '），' || cast(first_date as varchar) || '至' || cast(last_date as varchar)",
        'confidence_code': "'medium'",
    })) }}
    union all
    {{ contradiction_rows('X11P', 'one_point', dict(form, **{
        'claim_text': "form_text || '填有坐标'",
        'evidence_text': "'第' || cast(row_number as varchar) || '行的坐标与其他行完全相同，同一坐标下共'"
            " || cast(place_count as varchar) || '个不同地点'",
        'confidence_code': "'high'",
        'distance_m': '0',
    })) }}

)

select * from final
