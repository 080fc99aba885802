import type { PolicyVersion, PolicyVersionEntry } from '@cordboard/contracts';
import { useState } from 'react';
import { useAsked } from '../api/use-asked.ts';
import { shortMoment } from '../format/moment.ts';
import { useLanguage, useWords } from '../i18n/language.ts';
import { Button } from '../kit/button.tsx';
import { Empty, Loading } from '../kit/empty.tsx';
import { failureText } from '../kit/failure.ts';
import { Entry } from './entry.tsx';
import { Section } from './section.tsx';

/** What was published, when, by whom and why; to read only. */
export const PolicyVersions = () => {
  const words = useWords();
  const language = useLanguage();
  const versions = useAsked<{ readonly items: readonly PolicyVersionEntry[] }>('/api/policy/versions');
  const say = words.policy;
  const newest = versions.is === 'there' ? versions.answer.items[0]?.version : undefined;
  return (
    <Section
      title={words.console.sections.policy}
      intro={say.intro}
      list={versions.is === 'there' ? { is: 'there', items: versions.answer.items } : versions}
      again={versions.again}
      none={say.none}
      noneNext={say.noneNext}
    >
      {({ version, publishedAt, publishedBy, note }) => (
        <Entry
          key={version}
          name={version === newest ? `${say.version(version)} · ${say.current}` : say.version(version)}
          beside={[shortMoment(publishedAt, language), say.by(publishedBy), note === '' ? say.noNote : note]}
        >
          <Document version={version} />
        </Entry>
      )}
    </Section>
  );
};

/** Read when it is opened. */
const Document = ({ version }: { readonly version: number }) => {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="document" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.policy.show}</summary>
      {isOpen ? <Written version={version} /> : null}
    </details>
  );
};

const Written = ({ version }: { readonly version: number }) => {
  const words = useWords();
  const asked = useAsked<PolicyVersion>(`/api/policy/versions/${version}`);
  switch (asked.is) {
    case 'loading':
      return <Loading label={words.shell.loading} />;
    case 'failed':
      return (
        <Empty title={failureText(words, asked.failure)}>
          <Button onClick={asked.again}>{words.actions.tryAgain}</Button>
        </Empty>
      );
    case 'there':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className="written" tabIndex={0} aria-label={words.policy.version(version)}>
          <pre>{JSON.stringify(asked.answer.document, null, 2)}</pre>
        </section>
      );
  }
};
