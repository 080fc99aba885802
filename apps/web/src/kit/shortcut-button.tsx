import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { shortcutName, useShortcut } from './use-shortcut.ts';

interface ShortcutButtonProps {
  readonly kind?: 'plain' | 'main' | 'danger' | 'bare';
  readonly icon: ReactNode;
  readonly label: string;
  /** In its tooltip, where that is more than what stands on it; it begins with the same words. */
  readonly tip?: string;
  /** Alt and this letter do the same. */
  readonly letter: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
}

/** A button that has a key of its own, told in its tooltip and to those who hear the page. */
export const ShortcutButton = ({
  kind = 'plain',
  icon,
  label,
  tip = label,
  letter,
  disabled,
  onPress,
}: ShortcutButtonProps) => {
  useShortcut(letter, disabled ? undefined : onPress);
  return (
    <Button
      kind={kind}
      icon={icon}
      disabled={disabled}
      title={`${tip} (${shortcutName(letter)})`}
      aria-keyshortcuts={shortcutName(letter)}
      onClick={onPress}
    >
      {label}
    </Button>
  );
};
