{#- One select of what a rule found, in the columns of int_contradictions__*: `given` says which expression over
    `relation` stands in which column, and what it leaves out is null. -#}
{% macro contradiction_rows(rule_code, relation, given) -%}
    select
        '{{ rule_code }}' as rule_code,
        {% for column, type in [
            ('claim_type', 'varchar'), ('claim_id', 'varchar'), ('claim_delivery_sha256', 'varchar'),
            ('claim_file_name', 'varchar'), ('claim_sheet_name', 'varchar'), ('claim_unit_code', 'varchar'),
            ('township_code', 'varchar'), ('village_code', 'varchar'), ('site_id', 'varchar'),
            ('unregistered_place_id', 'varchar'), ('claim_text', 'varchar'), ('evidence_type', 'varchar'),
            ('evidence_id', 'varchar'), ('signal_id', 'varchar'), ('evidence_delivery_sha256', 'varchar'),
            ('evidence_file_name', 'varchar'), ('evidence_sheet_name', 'varchar'), ('evidence_text', 'varchar'),
            ('confidence_code', 'varchar'), ('claim_row_number', 'bigint'), ('evidence_row_number', 'bigint'),
            ('distance_m', 'double'), ('hours_between', 'decimal(12, 1)'), ('claim_date', 'date'),
            ('evidence_date', 'date'), ('claimed_at', 'timestamp'), ('evidence_at', 'timestamp'),
            ('evidence_known_at', 'timestamp'),
        ] -%}
        cast({{ given.get(column, 'null') }} as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
        {% endfor -%}
    from {{ relation }}
{%- endmacro %}
