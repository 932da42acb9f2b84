with

places as (

    select * from {{ ref('int_site_risk_places') }}
    where is_registered

),

final as (

    {% for factor_code, condition, quantity, last_date in [
        ('licence_expired', "site_class_code = 'licensed_mine' and licence_to_date < risk_date", '1', 'licence_to_date'),
        ('shaft_unmarked',
            "site_class_code = 'closed_shaft' and not (has_warning_sign and has_responsibility_plate)",
            'case when has_warning_sign or has_responsibility_plate then 1 else 2 end', 'null'),
        ('key_area', 'is_key_area', '1', 'null'),
    ] -%}
    select
        '{{ factor_code }}' as factor_code,
        place_id,
        'site' as evidence_type,
        site_id as evidence_id,
        cast(null as varchar) as detail_text,
        cast({{ quantity }} as double) as quantity,
        cast({{ last_date }} as date) as last_date,
        risk_date
    from places
    where {{ condition }}
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

)

select * from final
