import { useWords } from '../i18n/language.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** The reasons offered; each is kept by this name, and shown in the reader's language. */
const offered = ['break', 'lunch', 'meeting', 'training', 'back-office'] as const;

interface PauseDialogProps {
  readonly title: string;
  readonly onChoose: (reason: string) => void;
  readonly onClose: () => void;
}

export const PauseDialog = ({ title, onChoose, onClose }: PauseDialogProps) => {
  const words = useWords();
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-choices">
        {offered.map((reason) => (
          <Button
            key={reason}
            onClick={() => {
              onClose();
              onChoose(reason);
            }}
          >
            {words.pauseReasons[reason]}
          </Button>
        ))}
      </div>
      <div className="dialog-actions">
        <Button kind="bare" onClick={onClose}>
          {words.actions.cancel}
        </Button>
      </div>
    </Dialog>
  );
};
