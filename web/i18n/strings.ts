/** Words of one room in one language: nested at will, leaves are i18next templates (`{{name}}`). */
export interface StringTree {
  readonly [key: string]: string | StringTree;
}

/**
 * The same keys as `T`. English writes counts as `key_one` and `key_other`;
 * Chinese has one plural form, so its tree leaves every `…_one` out.
 */
export type SameKeys<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : SameKeys<T[K]>;
};

/** The words of one room in every language of the page. */
export interface RoomStrings<T extends StringTree> {
  readonly en: T;
  readonly 'zh-CN': SameKeys<T>;
}

/**
 * Declares the words of a room. Each room has one `web/<room>/strings.ts` that exports
 * `strings = defineStrings({ en: {…}, 'zh-CN': {…} })`; the folder's name is the namespace, so a component says
 * `useTranslation('<room>')`. A view with many words keeps them in a file of its own, which the room's spreads. The compiler
 * refuses keys that only one language has.
 */
export function defineStrings<T extends StringTree>(strings: RoomStrings<T>): RoomStrings<T> {
  return strings;
}
