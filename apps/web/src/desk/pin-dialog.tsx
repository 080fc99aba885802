import { ask } from '../api/ask.ts';
import { FormDialog } from '../console/form-dialog.tsx';
import { useWords } from '../i18n/language.ts';
import { tell } from '../kit/notices.tsx';

interface PinDialogProps {
  readonly extension: string;
  readonly onClose: () => void;
}

/** The PIN by which the agent's box is opened at the desk phone. */
export const PinDialog = ({ extension, onClose }: PinDialogProps) => {
  const words = useWords();
  return (
    <FormDialog
      title={words.messages.choosePin}
      fields={[
        {
          name: 'pin',
          label: words.messages.pin,
          hint: words.messages.pinHint,
          kind: 'password',
          isNeeded: true,
          check: (value) => (/^\d{4,8}$/.test(value) ? undefined : words.messages.pinWrong),
        },
      ]}
      initial={{ pin: '' }}
      action={words.actions.save}
      onSave={async ({ pin }) => {
        await ask('PUT', `/api/voicemail-boxes/${extension}`, { pin });
        tell(words.messages.pinChosen);
      }}
      onClose={onClose}
    />
  );
};
