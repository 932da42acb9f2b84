-- Guards the joins behind fct_site_risk: a site of the register is never without a row, for a
-- site that nobody looked at would be the first to be lost.
select sites.site_id
from {{ ref('dim_sites') }} as sites
left join {{ ref('fct_site_risk') }} as risk
    on sites.site_id = risk.site_id and risk.is_as_of and risk.factor_code = 'not_looked_at'
where sites.is_current and sites.is_active and risk.site_id is null
