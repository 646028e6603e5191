/** Families of event types (the headings of docs/events.md), each with a colour and a shape. */

export const FAMILIES = ['combat', 'control', 'means', 'harm', 'politics'] as const;
export type Family = (typeof FAMILIES)[number];

const TYPES: Record<Family, readonly string[]> = {
  combat: [
    'armed_clash',
    'ground_attack',
    'shelling',
    'air_strike',
    'drone_strike',
    'explosion',
    'shoot_down',
    'siege',
  ],
  control: [
    'advance',
    'withdrawal',
    'capture',
    'deployment',
    'reinforcement',
    'incursion',
    'front_collapse',
    'surrender',
  ],
  means: ['supply', 'capability_denied', 'delay', 'support_request'],
  harm: ['killing', 'injury', 'detention', 'release', 'displacement', 'destruction'],
  politics: [
    'ceasefire',
    'agreement',
    'negotiation',
    'threat',
    'accusation',
    'protest',
    'aid_delivery',
  ],
};

const FAMILY_OF = new Map<string, Family>(
  FAMILIES.flatMap((family) => TYPES[family].map((type): [string, Family] => [type, family])),
);

/** The family of a type; a type of a newer server counts as politics until the page knows it. */
export function familyOf(type: string): Family {
  return FAMILY_OF.get(type) ?? 'politics';
}

/** The types of a family. */
export function typesOf(family: Family): readonly string[] {
  return TYPES[family];
}

/** Numbers by type as numbers by family, in the order of the legend. */
export function byFamily(types: Readonly<Record<string, number>>): Record<Family, number> {
  const counts: Record<Family, number> = { combat: 0, control: 0, means: 0, harm: 0, politics: 0 };
  for (const [type, count] of Object.entries(types)) {
    const family = (FAMILIES as readonly string[]).includes(type) ? (type as Family) : familyOf(type);
    counts[family] += count;
  }
  return counts;
}

/** The custom property that holds a family's colour. */
export function colourToken(family: Family): string {
  return `--family-${family}`;
}
