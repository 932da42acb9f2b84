with

final as (

    select * from {{ ref('int_contradictions_no_findings') }}

)

select * from final
