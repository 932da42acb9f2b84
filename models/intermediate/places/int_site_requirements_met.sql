with

versions as (

    select * from {{ ref('int_site_versions') }}

),

required as (

    {% for requirement, condition in [
        ('has_coordinates', 'has_coordinates'),
        ('has_warning_sign', 'has_warning_sign'),
        ('has_responsibility_plate', 'has_responsibility_plate'),
        ('has_grid_member', '(has_township_grid_member or has_village_grid_member)'),
    ] -%}
    select
        site_id,
        '{{ requirement }}' as requirement_code,
        {{ condition }} as is_met,
        valid_from_at
    from versions
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

lacked as (

    select
        site_id,
        requirement_code,
        max(case when not is_met then valid_from_at end) as last_lacked_at
    from required
    group by site_id, requirement_code

),

-- What was taken away again is met anew from the version that has it again.
final as (

    select
        required.site_id,
        required.requirement_code,
        min(required.valid_from_at) as met_from_at
    from required
    inner join lacked
        on
            required.site_id = lacked.site_id
            and required.requirement_code = lacked.requirement_code
    where coalesce(required.valid_from_at > lacked.last_lacked_at, true)
    group by required.site_id, required.requirement_code

)

select * from final
