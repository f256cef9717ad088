/** Written code by its path, as from `web/i18n`: `../chat/Seat.tsx`. */
export type Sources = Readonly<Record<string, string>>;

/** A key without what i18next puts behind it for a count. */
export const withoutPlural = (key: string): string => key.replace(/_(zero|one|other)$/, '');

/**
 * Keys of a room's words that no code names: neither whole, as `'empty.title'`, nor by a template that may give it, as
 * `empty.${kind}`. Code is that of the room itself, and whatever names the room.
 */
export function unsaidKeys(room: string, keys: Iterable<string>, sources: Sources): string[] {
  const code = Object.entries(sources)
    .filter(([path, text]) => path.startsWith(`../${room}/`) || text.includes(`'${room}'`) || text.includes(`${room}:`))
    .map(([, text]) => text)
    .join('\n');
  const whole = new Set([...code.matchAll(/'([\w:.-]+)'/g)].map(([, key]) => key));
  const templates = [...code.matchAll(/`((?:[\w:.-]|\$\{[^}`]*\})+)`/g)].flatMap(([, text = '']) => patternOf(text));
  const isSaid = (key: string) => whole.has(key) || templates.some((template) => template.test(key));
  return [...new Set([...keys].map(withoutPlural))].filter((key) => !isSaid(key) && !isSaid(`${room}:${key}`));
}

/** What a template may give. One without a word before a dot, or after one, could give anything and says nothing. */
function patternOf(template: string): RegExp | [] {
  const parts = template.split(/\$\{[^}]*\}/);
  if (parts.length < 2 || !(/^[\w-]+[.:]/.test(template) || /^\.[a-z]\w+$/.test(parts.join('')))) return [];
  return new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('.+')}$`);
}
