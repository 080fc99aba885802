import { BookOpen, Cable, Contact, Headset, Phone, Users } from 'lucide-react';
import { useEffect } from 'react';
import { useWords } from '../i18n/language.ts';
import { Link } from '../shell/link.tsx';
import { goInstead, usePath } from '../shell/path.ts';
import { Agents } from './agents.tsx';
import { Customers } from './customers.tsx';
import { People } from './people.tsx';
import { Phones } from './phones.tsx';
import { PolicyVersions } from './policy-versions.tsx';
import { Trunks } from './trunks.tsx';
import './console.css';

const sections = {
  people: { Icon: Users, Inside: People },
  agents: { Icon: Headset, Inside: Agents },
  phones: { Icon: Phone, Inside: Phones },
  trunks: { Icon: Cable, Inside: Trunks },
  customers: { Icon: Contact, Inside: Customers },
  policy: { Icon: BookOpen, Inside: PolicyVersions },
} as const;
type SectionName = keyof typeof sections;
const names = Object.keys(sections) as readonly SectionName[];

/** The administrator's room: who and what there is. */
export const Console = () => {
  const words = useWords();
  const path = usePath();
  const name = names.find((each) => path === `/console/${each}`);
  useEffect(() => {
    if (name === undefined) goInstead('/console/people');
  }, [name]);
  const Inside = name === undefined ? undefined : sections[name].Inside;
  return (
    <div className="console">
      <nav aria-label={words.console.title}>
        {names.map((each) => {
          const { Icon } = sections[each];
          return (
            <Link key={each} to={`/console/${each}`}>
              <Icon aria-hidden="true" />
              {words.console.sections[each]}
            </Link>
          );
        })}
      </nav>
      <main id="content">
        <h1 className="unseen">{words.console.title}</h1>
        {Inside === undefined ? null : <Inside key={name} />}
      </main>
    </div>
  );
};
