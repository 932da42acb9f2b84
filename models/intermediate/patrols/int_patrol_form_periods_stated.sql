with

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

period_texts as (

    select * from {{ ref('int_period_texts_resolved') }}

),

listed as (

    select
        form_id,
        1 as source_rank,
        'title' as period_source_code,
        title_text as period_text
    from forms
    union all
    select
        form_id,
        2 as source_rank,
        'sheet' as period_source_code,
        sheet_name as period_text
    from forms
    union all
    select
        form_id,
        3 as source_rank,
        'file' as period_source_code,
        file_stem as period_text
    from forms
    union all
    select
        form_id,
        4 as source_rank,
        'title' as period_source_code,
        period_text
    from forms

),

-- Of a workbook for October with a sheet for each week the week is meant, wherever it stands.
final as (

    select
        forms.form_id,
        period_texts.period_kind_code,
        listed.period_source_code,
        period_texts.period_start_date,
        period_texts.period_end_date
    from listed
    inner join forms on listed.form_id = forms.form_id
    inner join period_texts
        on
            listed.period_text = period_texts.period_text
            and coalesce(forms.filled_date, cast(forms.received_at as date))
            = period_texts.reference_date
    qualify row_number() over (
        partition by forms.form_id
        order by
            case period_texts.period_kind_code when 'week' then 1 when 'month' then 2 else 3 end,
            listed.source_rank
    ) = 1

)

select * from final
