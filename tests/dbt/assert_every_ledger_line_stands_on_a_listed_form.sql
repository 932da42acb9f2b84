-- Good lines whose form is not listed would drop out of every model without a trace.
select lines.patrol_id
from {{ ref('stg_patrol_ledger') }} as lines
left join {{ ref('fct_patrol_forms') }} as forms on lines.form_id = forms.form_id
where forms.form_id is null
