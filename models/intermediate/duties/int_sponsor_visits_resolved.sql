with

staged as (

    select * from {{ ref('stg_sponsor_visits') }}

),

visit_methods as (

    select * from {{ ref('int_value_names') }}
    where list_code = 'visit_method'

),

sponsorships as (

    select distinct sponsorship_id from {{ ref('int_sponsorship_versions') }}

),

final as (

    select
        {{ hash_id([
            'staged.sponsorship_id',
            'staged.visit_date',
        ]) }} as sponsor_visit_id,
        staged.delivery_sha256,
        staged.sponsorship_id,
        staged.file_name,
        staged.sheet_name,
        case
            when staged.method_name is null then 'none'
            else coalesce(visit_methods.value_code, 'other')
        end as visit_method_code,
        coalesce(visit_methods.value_name, staged.method_name) as visit_method_name,
        staged.row_number,
        staged.problem_count,
        staged.rectified_count,
        sponsorships.sponsorship_id is not null as is_known_sponsorship,
        staged.visit_date,
        staged.first_received_at as reported_at
    from staged
    left join visit_methods
        on {{ normalised_place_name('staged.method_name') }} = visit_methods.name_text
    left join sponsorships on staged.sponsorship_id = sponsorships.sponsorship_id

)

select * from final
