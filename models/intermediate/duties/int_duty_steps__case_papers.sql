with

cases as (

    select * from {{ ref('int_duty_cases') }}

),

publicity as (

    select * from {{ ref('int_publicity_resolved') }}
    where publicity_kind_code = 'case_result' and case_id is not null

),

publicity_reports as (

    select * from {{ ref('stg_publicity') }}

),

credit_entries as (

    select * from {{ ref('int_credit_entries_resolved') }}

),

credit_reports as (

    select * from {{ ref('stg_credit_entries') }}

),

accountability as (

    select * from {{ ref('stg_accountability') }}

),

enterprise_reports as (

    select * from {{ ref('stg_enterprise_reports') }}

),

enterprises as (

    select min(unit_code) as unit_code
    from {{ ref('int_units_dated') }}
    where unit_kind_code = 'enterprise_group' and is_current

),

-- A report that names no case is of the case found at its site about then.
enterprise_papers as (

    select
        cases.case_id,
        cases.township_code,
        enterprise_reports.report_id,
        enterprise_reports.reported_at,
        enterprise_reports.first_received_at
    from cases
    inner join enterprise_reports
        on
            cases.case_id = enterprise_reports.case_id
            or (
                enterprise_reports.case_id is null
                and cases.site_id = enterprise_reports.site_id
                and cast(enterprise_reports.reported_at as date)
                >= cases.discovered_date
                - cast({{ setting('enterprise_report_days') }} as integer) * interval '1' day
                and cast(enterprise_reports.reported_at as date)
                <= cases.discovered_date
                + cast({{ setting('enterprise_report_days') }} as integer) * interval '1' day
            )

),

final as (

    -- The register says who investigates and whether power was used, not since when.
    select
        'case' as subject_type,
        case_id as subject_id,
        'has_named_investigator' as step_code,
        cast(null as varchar) as unit_code,
        township_code,
        'case' as evidence_type,
        case_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(null as timestamp) as occurred_at,
        investigator_reported_at as reported_at
    from cases
    where has_named_investigator
    union all
    select
        'case' as subject_type,
        case_id as subject_id,
        'is_electricity_checked' as step_code,
        cast(null as varchar) as unit_code,
        township_code,
        'case' as evidence_type,
        case_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(null as timestamp) as occurred_at,
        electricity_reported_at as reported_at
    from cases
    where is_electricity_checked
    union all
    select
        'case' as subject_type,
        cases.case_id as subject_id,
        'DISCOVERED_IN_ENTERPRISE_AREA' as step_code,
        enterprises.unit_code,
        cases.township_code,
        'case' as evidence_type,
        cases.case_id as evidence_id,
        cases.responsible_enterprise_name as subject_name,
        cast(cases.discovered_date as timestamp) as occurred_at,
        cast(null as timestamp) as reported_at
    from cases
    cross join enterprises
    where cases.responsible_enterprise_name is not null
    union all
    select
        'case' as subject_type,
        case_id as subject_id,
        'enterprise_report' as step_code,
        cast(null as varchar) as unit_code,
        township_code,
        'enterprise_report' as evidence_type,
        report_id as evidence_id,
        cast(null as varchar) as subject_name,
        reported_at as occurred_at,
        first_received_at as reported_at
    from enterprise_papers
    union all
    -- A reason for not publishing is as good as the publication.
    select
        'case' as subject_type,
        publicity.case_id as subject_id,
        'publicity' as step_code,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'publicity' as evidence_type,
        publicity.publicity_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(publicity.published_date as timestamp) as occurred_at,
        publicity_reports.first_received_at as reported_at
    from publicity
    inner join publicity_reports on publicity.publicity_id = publicity_reports.publicity_id
    where publicity.published_date is not null or publicity.not_published_reason is not null
    union all
    select
        'case' as subject_type,
        credit_entries.case_id as subject_id,
        'credit_entry_' || credit_entries.platform_code as step_code,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'credit_entry' as evidence_type,
        credit_entries.credit_entry_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(credit_entries.entered_date as timestamp) as occurred_at,
        credit_reports.first_received_at as reported_at
    from credit_entries
    inner join credit_reports
        on
            credit_entries.delivery_sha256 = credit_reports.delivery_sha256
            and credit_entries.sheet_name is not distinct from credit_reports.sheet_name
            and credit_entries.row_number = credit_reports.row_number
    union all
    select
        'case' as subject_type,
        case_id as subject_id,
        'accountability' as step_code,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'accountability' as evidence_type,
        accountability_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(received_date as timestamp) as occurred_at,
        first_received_at as reported_at
    from accountability
    where case_id is not null
    union all
    select
        'accountability' as subject_type,
        accountability_id as subject_id,
        'received' as step_code,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'accountability' as evidence_type,
        accountability_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(received_date as timestamp) as occurred_at,
        cast(null as timestamp) as reported_at
    from accountability
    union all
    select
        'accountability' as subject_type,
        accountability_id as subject_id,
        'closed' as step_code,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'accountability' as evidence_type,
        accountability_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(closed_date as timestamp) as occurred_at,
        closed_reported_at as reported_at
    from accountability
    where closed_date is not null

)

select * from final
