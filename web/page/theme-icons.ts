import { Monitor, Moon, Sun } from 'lucide-react';

/** A picture for each choice of theme. */
export const THEME_ICONS = { system: Monitor, dark: Moon, light: Sun } as const;
