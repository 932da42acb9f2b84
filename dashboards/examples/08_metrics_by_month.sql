-- 全县各项指标逐月
select
    metric_code as 指标代码,
    metric_name as 指标,
    month_start_date as 月份,
    numerator as 分子,
    denominator as 分母,
    metric_value as 数值,
    unit_text as 单位
from fct_metrics_monthly
where scope_code = 'county'
order by metric_code, month_start_date
