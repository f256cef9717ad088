import type { ReactNode } from 'react';
import { type ButtonProps, buttonClass } from './Button.tsx';
import { classNames } from './class-names.ts';
import s from './FilePick.module.css';

/** Props of {@link FilePick}. */
export interface FilePickProps extends Pick<ButtonProps, 'variant' | 'size'> {
  /** Names and types that are offered, as `<input accept>` has them. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
  /** What the button says. */
  readonly children: ReactNode;
}

/** A button that asks for a file; the browser's own control lies over it, so that it is clicked and focused as itself. */
export function FilePick({ accept, onFile, variant, size, children }: FilePickProps) {
  return (
    <label className={classNames(s.pick, buttonClass(variant, size))}>
      {children}
      <input
        type="file"
        accept={accept}
        className={s.control}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Emptied, so that the same file can be picked again.
          currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
