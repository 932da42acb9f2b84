-- A higher level's patrol does not discharge a lower level's, nor the other way round. What a
-- township files without a level may be its own or its villages' round.
select
    obligations.obligation_id,
    cadences.patrol_level_code as owed_level_code,
    patrols.patrol_level_code
from {{ ref('fct_obligations') }} as obligations
inner join {{ ref('int_patrol_cadences') }} as cadences
    on obligations.rule_code = cadences.rule_code
inner join {{ ref('fct_patrols') }} as patrols
    on obligations.evidence_type = 'patrol' and obligations.evidence_id = patrols.patrol_id
where
    patrols.patrol_level_code <> cadences.patrol_level_code
    and (patrols.patrol_level_code <> 'undetermined' or cadences.patrol_level_code = 'county')
