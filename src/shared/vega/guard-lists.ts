/** Names that lead from a value to the machinery behind it. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__'
]);

/**
 * Functions of Vega's expressions that neither reach out of the picture nor run longer than their arguments
 * are. Not here: `sequence` and its kin (length by a number), `regexp` and `test` (patterns that never
 * end), `setdata`, `encode`, the log, and those of maps. https://vega.github.io/vega/docs/expressions/
 */
export const ALLOWED_FUNCTIONS: ReadonlySet<string> = new Set(
  [
    'isNaN isFinite abs acos asin atan atan2 ceil cos exp floor hypot log max min pow random round sin',
    'sqrt tan clamp cumulativeNormal cumulativeLogNormal cumulativeUniform densityNormal densityLogNormal',
    'densityUniform quantileNormal quantileLogNormal quantileUniform sampleNormal sampleLogNormal sampleUniform',
    'now utc datetime date day year month hours minutes seconds milliseconds time timezoneoffset quarter',
    'utcdate utcday utcyear utcmonth utchours utcminutes utcseconds utcmilliseconds utcquarter week utcweek',
    'isoweek utcisoweek dayofyear utcdayofyear timeOffset utcOffset timeUnitSpecifier',
    'isArray isBoolean isDate isDefined isNumber isObject isRegExp isString isTuple isValid',
    'toBoolean toDate toNumber toString parseFloat parseInt length upper lower substring split trim',
    'indexof lastindexof join replace reverse sort slice lerp peek pluck span inrange extent clampRange',
    'truncate pad merge if format timeFormat utcFormat timeParse utcParse',
    'monthFormat monthAbbrevFormat dayFormat dayAbbrevFormat',
    'rgb hsl lab hcl luminance contrast bandwidth bandspace copy domain range invert scale gradient',
    'containerSize screen windowSize event item group xy x y inScope intersect pinchDistance pinchAngle',
    'panLinear panLog panPow panSymlog zoomLinear zoomLog zoomPow zoomSymlog modify data indata',
    'flush _scale _range _bandwidth __bandwidth',
    'vlSelectionTest vlSelectionIdTest vlSelectionResolve vlSelectionTuples'
  ].flatMap(line => line.split(' '))
);
