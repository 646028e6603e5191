/** A value in the record's own form, in a few words. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value).replaceAll('_', ' ');
  const given = value as Record<string, unknown>;
  for (const name of ['name', 'text', 'value']) {
    if (typeof given[name] === 'string' || typeof given[name] === 'number')
      return String(given[name]);
  }
  const days = [given.earliest, given.latest].filter((day) => typeof day === 'string');
  if (days.length) return [...new Set(days)].join(' – ');
  return Object.entries(given)
    .filter(([, each]) => typeof each !== 'object')
    .map(([name, each]) => `${name}: ${String(each)}`)
    .join(', ')
    .slice(0, 160);
}
