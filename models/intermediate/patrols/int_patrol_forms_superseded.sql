with

forms as (

    select * from {{ ref('int_patrol_forms_resolved') }}

),

compared as (

    select * from {{ ref('int_patrol_forms_compared') }}

),

-- Whether the later form has itself been replaced does not matter, so chains need no walking.
replaced as (

    select distinct form_id
    from compared
    where is_replaced

),

conflicting as (

    select
        compared.form_id,
        compared.later_form_id
    from compared
    left join replaced on compared.form_id = replaced.form_id
    left join replaced as later_replaced on compared.later_form_id = later_replaced.form_id
    where replaced.form_id is null and later_replaced.form_id is null

),

conflicts as (

    select form_id from conflicting
    union
    select later_form_id as form_id from conflicting

),

final as (

    select
        forms.form_id,
        replaced.form_id is not null as is_superseded,
        conflicts.form_id is not null as is_conflict
    from forms
    left join replaced on forms.form_id = replaced.form_id
    left join conflicts on forms.form_id = conflicts.form_id

)

select * from final
