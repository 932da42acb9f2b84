with

patches as (

    select * from {{ ref('int_patches_resolved') }}

),

reports as (

    select * from {{ ref('stg_patches') }}

),

things as (

    select
        'patch' as subject_type,
        patches.patch_id as subject_id,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as township_code,
        'patch' as evidence_type,
        patches.patch_id as evidence_id,
        cast(null as varchar) as subject_name,
        cast(null as date) as stated_due_date,
        patches.conclusion_code = 'illegal' as is_illegal,
        patches.case_id,
        patches.issued_date,
        patches.reported_date,
        reports.conclusion_reported_at,
        reports.case_reported_at
    from patches
    inner join reports on patches.patch_id = reports.patch_id

),

final as (

    {{ steps_taken('things', [
        ('issued', 'true', 'issued_date', 'cast(null as timestamp)'),
        ('patch_reported', 'reported_date is not null', 'reported_date', 'conclusion_reported_at'),
        ('confirmed', 'is_illegal and reported_date is not null', 'reported_date', 'conclusion_reported_at'),
        ('has_case', 'case_id is not null', 'null', 'case_reported_at'),
    ]) }}

)

select * from final
