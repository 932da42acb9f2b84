{%- set numeral = '[0-9〇零一二三四五六七八九十]' -%}
with

lines as (

    select * from {{ ref('stg_patrol_ledger') }}

),

forms as (

    select * from {{ ref('stg_patrol_forms') }}

),

listed as (

    select period_text from lines
    union
    select period_text from forms
    union
    select title_text as period_text from forms
    union
    select sheet_name as period_text from forms
    union
    select file_stem as period_text from forms

),

tidied as (

    select
        period_text,
        translate(
            period_text, '０１２３４５６７８９ｑＱqｗＷw 　_()（）', '0123456789QQQWWW'
        ) as tidy_text
    from listed
    where period_text <> ''

),

-- 2022年10月17日 is a day, not the month 2022年10月. A bar keeps its place, so that the digits before
-- and after do not grow together.
undated as (

    select
        period_text,
        {{ with_pattern_replaced(
            'tidy_text',
            '20[0-9]{6}|20[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|'
            ~ '(' ~ numeral ~ '{2,4}年)?' ~ numeral ~ '{1,3}月' ~ numeral ~ '{1,3}[日号]',
            '|'
        ) }} as plain_text
    from tidied

),

found as (

    select
        period_text,
        coalesce(
            nullif(regexp_extract(plain_text, '(20[0-9]{2})', 1), ''),
            translate(
                nullif(regexp_extract(plain_text, '(二[〇零○].{2})年', 1), ''),
                '一二三四五六七八九〇零○', '123456789000'
            ),
            '20' || nullif(regexp_extract(plain_text, '(^|[^0-9])([0-9]{2})年', 2), '')
        ) as year_text,
        coalesce(
            nullif(regexp_extract(plain_text, '({{ numeral }}{1,3})月', 1), ''),
            nullif(
                regexp_extract(plain_text, '20[0-9]{2}[-./]?([01][0-9])($|[^0-9])', 1), ''
            )
        ) as month_text,
        coalesce(
            nullif(regexp_extract(plain_text, '第({{ numeral }}{1,3})个?(周|星期)', 1), ''),
            nullif(regexp_extract(plain_text, '月份?({{ numeral }}{1,3})(周|星期)', 1), ''),
            nullif(regexp_extract(plain_text, '20[0-9]{2}[-年]?W([0-9]{1,2})', 1), '')
        ) as week_text,
        coalesce(
            nullif(regexp_extract(plain_text, '([一二三四1-4])季', 1), ''),
            nullif(regexp_extract(plain_text, 'Q([1-4])', 1), '')
        ) as quarter_text
    from undated

),

numbered as (

    select
        period_text,
        cast(try_cast(year_text as integer) as bigint) as year_number,
        {{ small_number('quarter_text') }} as quarter_number,
        {{ small_number('month_text') }} as month_number,
        {{ small_number('week_text') }} as week_number
    from found

),

-- 第41周 can only count from New Year; 第2周 without a year counts within its month, which is the same
-- weeks in January.
final as (

    select
        period_text,
        case
            when week_number is not null then 'week'
            when month_number is not null then 'month'
            else 'quarter'
        end as period_kind_code,
        year_number,
        case when week_number is null and month_number is null then quarter_number end
            as quarter_number,
        month_number,
        case
            when month_number is not null or (year_number is null and week_number <= 5)
                then week_number
        end as week_of_month_number,
        case
            when month_number is null and (year_number is not null or week_number > 5)
                then week_number
        end as iso_week_number
    from numbered
    where coalesce(week_number, month_number, quarter_number) is not null

)

select * from final
