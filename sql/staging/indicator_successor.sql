-- Present-day measures of the Local Authority Interactive Tool that ask what a national indicator of 2010 asked, as people
-- judged. Each is a successor and not the same measure; figures of the two make no one series.
-- grain: indicator x successor
-- key: indicator_code, successor_measure_code
with
listed as (
    select
        indicator_code,
        successor_measure_code,
        likeness,
        what_differs,
    from (
        values
        ('NI.53', 'LAIT.6WKSBREAST', 'same subject', 'Whole authority, not areas of deprivation. Infants wholly or partly breastfed at six to eight weeks; the proxy of 2010 does not say at what age.'),
        ('NI.70', 'LAIT.HOSPAD0_14', 'same subject', 'Emergency admissions for injuries of children under 15, per 10,000; the indicator of 2010 was of children and young people to 17.'),
        ('NI.81', 'LAIT.L3AGE19GAP', 'same subject', 'Free school meals and qualifications as counted now: what counts as Level 3 has been reformed since 2010.'),
        ('NI.82', 'LAIT.L2AGE19GAP', 'same subject', 'Free school meals and qualifications as counted now: what counts as Level 2 has been reformed since 2010.'),
        ('NI.87', 'LAIT.SFSECPERABNEW', 'same subject', 'A pupil is persistently absent who misses 10% or more of sessions; in 2010 it was 20%.'),
        ('NI.102A', 'LAIT.FSM_NEW_KS2_RWM', 'one side of the gap', 'Pupils eligible for free school meals alone: the gap is its difference from LAIT.NONFSM_NEW_KS2_RWM, whose polarity is not that of a gap. Expected standard in reading, writing and maths since 2016; in 2010 Level 4 in English and maths.'),
        ('NI.102A', 'LAIT.NONFSM_NEW_KS2_RWM', 'one side of the gap', 'Pupils not eligible for free school meals alone: the gap is its difference from LAIT.FSM_NEW_KS2_RWM, whose polarity is not that of a gap. Expected standard in reading, writing and maths since 2016; in 2010 Level 4 in English and maths.'),
        ('NI.102B', 'LAIT.FSM_AVG_ATTAIN8_SCORE', 'one side of the gap', 'Pupils eligible for free school meals alone: the gap is its difference from LAIT.NONFSM_AVG_ATTAIN8_SCORE. Average points in eight subjects; in 2010 the share with five good GCSEs with English and maths.'),
        ('NI.102B', 'LAIT.NONFSM_AVG_ATTAIN8_SCORE', 'one side of the gap', 'Pupils not eligible for free school meals alone: the gap is its difference from LAIT.FSM_AVG_ATTAIN8_SCORE. Average points in eight subjects; in 2010 the share with five good GCSEs with English and maths.'),
        ('NI.106', 'LAIT.HE_19_FSM', 'same subject', 'Share of pupils with free school meals at 15 who enter higher education by 19; the national definition of 2010 was their gap to other pupils.'),
        ('NI.111', 'LAIT.FIRSTYJS', 'same subject', 'Rate per 100,000 aged 10 to 17 in calendar years on populations of the 2021 census; the local figure of 2008/09 is a number, for Priority 1 areas alone.'),
        ('NI.112', 'LAIT.UNDER18CONCEP', 'same subject', 'Rate per 1,000 girls aged 15 to 17 of the year; the national definition of 2010 was the change since 1998.'),
        ('NI.116', 'LAIT.CHILDPOV', 'same subject', 'Children under 16 in families of relative low income before housing costs; in 2010 children in families on out-of-work benefits, or on tax credits with less than 60% of median income.'),
        ('NI.117', 'LAIT.16_17_NEET', 'same subject', 'Aged 16 and 17, whole authority; in 2010 aged 16 to 18, and the proxy was of Priority 1 areas.'),
        ('NI.118', 'LAIT.2YR_OLDS', 'related subject', 'Two-year-olds in funded early education; the indicator of 2010 was of working families on tax credits that use formal childcare, which no measure of the tool is of.')
    ) as mapped (indicator_code, successor_measure_code, likeness, what_differs)
)

select
    indicator_code,  -- code of the national indicator
    successor_measure_code,  -- code of the present-day measure
    likeness,  -- same subject; one side of the gap; or related subject
    what_differs  -- why the two are not the same measure
from listed
