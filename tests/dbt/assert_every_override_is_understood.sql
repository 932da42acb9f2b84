-- Guards the county's settings.toml: an override with a mistyped code or a value that is no
-- number would change nothing, and nobody would notice.
select overrides.setting_code
from {{ ref('stg_settings') }} as overrides
left join {{ ref('settings') }} as settings on overrides.setting_code = settings.setting_code
where settings.setting_code is null or overrides.setting_value is null
