with

clauses as (

    select * from {{ ref('clauses') }}

),

final as (

    select
        clause_code,
        section_name,
        clause_title,
        ask_text,
        lead_units_text,
        cooperating_units_text,
        cadence_text,
        feed_codes,
        page_names,
        report_section_name,
        cast(deadline_date as date) as deadline_date
    from clauses

)

select * from final
