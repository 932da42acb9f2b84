with

resolved as (

    select * from {{ ref('int_sponsor_visits_resolved') }}

),

sponsorships as (

    select * from {{ ref('dim_sponsorships') }}
    where is_current

),

final as (

    select
        resolved.sponsor_visit_id,
        resolved.delivery_sha256,
        resolved.sponsorship_id,
        resolved.file_name,
        resolved.sheet_name,
        sponsorships.township_code,
        sponsorships.township_name,
        resolved.visit_method_code,
        resolved.visit_method_name,
        resolved.row_number,
        resolved.problem_count,
        resolved.rectified_count,
        resolved.is_known_sponsorship,
        coalesce(coalesce(resolved.rectified_count, 0) >= resolved.problem_count, true)
            as is_rectified,
        resolved.visit_date,
        cast(date_trunc('month', resolved.visit_date) as date) as month_start_date
    from resolved
    left join sponsorships on resolved.sponsorship_id = sponsorships.sponsorship_id

)

select * from final
