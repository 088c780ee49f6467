const VISITS = 'visits';
const FROM = `--from ${VISITS} --format clickstream`;
/** Visits are not spread evenly over a site. */
const SECTIONS = ['home', 'search', 'home', 'cart', 'search', 'home', 'help', 'cart', 'home'];

/** Titles of the views that the docs show, by kind. */
export const PICTURED = {
  bars: 'Words of the story',
  table: 'Newest visits',
  line: 'Visits a second, by section',
  number: 'Visits so far',
  histogram: 'How often pages are seen',
  heatmap: 'Sections over time'
} as const;

/** Cells of the notebook behind the pictures, in their order. */
export function pictureCells(): readonly string[] {
  const { bars, table, line, number, histogram, heatmap } = PICTURED;
  const sections = SECTIONS.map(name => `'${name}'`).join(', ');
  return [
    '%provision local',
    '%topic create story',
    `%topic create ${VISITS} --partitions 2`,
    '%produce data/the-mill.txt --topic story --rate 0.5 --as teller --background',
    `%produce clickstream --topic ${VISITS} --rate 40 --count 1000000 --seed 7 --as visitors --background`,
    '%stream wordcount --topic story --as words',
    `%stream clickstream --topic ${VISITS} --as clicks`,
    `%%stream ${FROM} --as hits\nSELECT url, count(*) AS n FROM ${VISITS} GROUP BY url`,
    `%%stream ${FROM} --as pace --chart table
SELECT date_trunc('second', recordtime) AS second,
  element_at(array(${sections}), 1 + CAST(pmod(hash(url), ${SECTIONS.length}) AS INT)) AS section,
  count(*) AS n
FROM ${VISITS}
GROUP BY second, section`,
    `%chart words --kind bars --top 12 --title "${bars}"`,
    `%chart clicks --kind table --top 10 --title "${table}"`,
    `%chart pace --kind line --window 1m --title "${line}"`,
    `%chart clicks --kind number --window 1m --title "${number}"`,
    `%chart hits --kind histogram --x n --title "${histogram}"`,
    `%chart pace --kind heatmap --title "${heatmap}"`
  ];
}
