with

versions as (

    select * from {{ ref('int_site_versions') }}

),

requirements as (

    select * from {{ ref('int_site_requirements_met') }}

),

projects as (

    select * from {{ ref('int_projects_resolved') }}

),

project_reports as (

    select * from {{ ref('stg_projects') }}

),

governments as (

    select * from {{ ref('int_township_governments') }}

),

entries as (

    select
        site_id,
        min(valid_from_at) as first_valid_at
    from versions
    group by site_id

),

-- What has been struck off need not be complete any more.
site_things as (

    select
        'site' as subject_type,
        versions.site_id as subject_id,
        governments.unit_code,
        versions.township_code,
        'site' as evidence_type,
        versions.site_id as evidence_id,
        versions.site_name as subject_name,
        cast(null as date) as stated_due_date,
        greatest(entries.first_valid_at, cast(versions.registered_date as timestamp))
            as registered_at
    from versions
    inner join entries on versions.site_id = entries.site_id
    left join governments on versions.township_code = governments.township_code
    where versions.is_current and versions.is_active

),

-- The list says whether, not since when.
project_things as (

    select
        'project' as subject_type,
        projects.project_id as subject_id,
        projects.approving_unit_code as unit_code,
        projects.township_code,
        'project' as evidence_type,
        projects.project_id as evidence_id,
        projects.project_name as subject_name,
        cast(null as date) as stated_due_date,
        projects.is_publicised,
        projects.has_named_supervisor,
        projects.start_date,
        project_reports.publicised_reported_at,
        project_reports.supervisor_reported_at
    from projects
    inner join project_reports on projects.project_id = project_reports.project_id

),

final as (

    select
        subject_type,
        subject_id,
        'registered' as step_code,
        unit_code,
        township_code,
        evidence_type,
        evidence_id,
        subject_name,
        stated_due_date,
        registered_at as occurred_at,
        cast(null as timestamp) as reported_at
    from site_things
    union all
    select
        site_things.subject_type,
        site_things.subject_id,
        requirements.requirement_code as step_code,
        site_things.unit_code,
        site_things.township_code,
        site_things.evidence_type,
        site_things.evidence_id,
        site_things.subject_name,
        site_things.stated_due_date,
        requirements.met_from_at as occurred_at,
        cast(null as timestamp) as reported_at
    from site_things
    inner join requirements on site_things.subject_id = requirements.site_id
    union all
    {{ steps_taken('project_things', [
        ('started', 'start_date is not null', 'start_date', 'cast(null as timestamp)'),
        ('is_publicised', 'is_publicised', 'null', 'publicised_reported_at'),
        ('has_supervisor', 'has_named_supervisor', 'null', 'supervisor_reported_at'),
    ]) }}

)

select * from final
