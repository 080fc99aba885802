import type { CodeWanted } from '@cordboard/core';
import { useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';

interface WrapUpCodesProps {
  readonly wanted: CodeWanted;
  readonly isBusy: boolean;
  readonly onChoose: (code: string) => void;
}

/** What the conversation was about: one press says it, and ends after-call work. */
export const WrapUpCodes = ({ wanted: { codes, required }, isBusy, onChoose }: WrapUpCodesProps) => {
  const words = useWords();
  return (
    <fieldset className="wrap-up-codes">
      <legend>{words.desk.wrapUpCode}</legend>
      {required ? <p className="quiet small">{words.desk.wrapUpCodeRequired}</p> : null}
      {codes.map((code) => (
        <Button key={code} disabled={isBusy} onClick={() => onChoose(code)}>
          {code}
        </Button>
      ))}
    </fieldset>
  );
};
