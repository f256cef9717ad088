import { useRef } from 'react';
import { IconButton, type IconButtonProps } from './IconButton.tsx';

/** Props of {@link FileIconButton}. */
export interface FileIconButtonProps extends Pick<IconButtonProps, 'label' | 'icon' | 'disabled'> {
  /** What the browser's own control is called. Default: as the button. */
  readonly fileLabel?: string;
  readonly onFile: (file: File) => void;
}

/** A small button that asks for a file. */
export function FileIconButton({ label, icon, disabled, fileLabel = label, onFile }: FileIconButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={fileLabel}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          // Emptied, so that the same file can be picked again.
          currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <IconButton size="sm" label={label} icon={icon} disabled={disabled} onClick={() => input.current?.click()} />
    </>
  );
}
