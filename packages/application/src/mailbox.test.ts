import { expect, test } from 'vitest';
import { Mailboxes } from './mailbox.ts';

/** Work that is done when it is told to be, and the order in which things happened. */
const setUp = () => {
  const happened: string[] = [];
  const letGo = new Map<string, () => void>();
  const work = (name: string) => () => {
    happened.push(`${name} begins`);
    return new Promise<void>((resolve) => {
      letGo.set(name, () => {
        happened.push(`${name} ends`);
        resolve();
      });
    });
  };
  return { mailboxes: new Mailboxes<string>(), work, happened, end: (name: string) => letGo.get(name)?.() };
};

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the work of one key is done in order, that of another meanwhile', async () => {
  const { mailboxes, work, happened, end } = setUp();
  mailboxes.post('a', work('answer'));
  mailboxes.post('a', work('music'));
  mailboxes.post('b', work('other'));
  await settled();
  expect(happened).toEqual(['answer begins', 'other begins']);
  end('answer');
  await settled();
  expect(happened.at(-1)).toBe('music begins');
});

test('what follows waits for what is under way beside, too', async () => {
  const { mailboxes, work, happened, end } = setUp();
  mailboxes.post('a', work('answer'));
  mailboxes.waitFor('a', work('ring')());
  mailboxes.post('a', work('hang up'));
  await settled();
  expect(happened).toEqual(['answer begins', 'ring begins']);
  end('answer');
  await settled();
  expect(happened).not.toContain('hang up begins');
  end('ring');
  await settled();
  expect(happened.at(-1)).toBe('hang up begins');
});

test('it is idle when all is done', async () => {
  const { mailboxes, work, end } = setUp();
  mailboxes.post('a', work('answer'));
  mailboxes.waitFor('a', work('ring')());
  let idle = false;
  const waiting = mailboxes.idle().then(() => {
    idle = true;
  });
  end('answer');
  await settled();
  expect(idle).toBe(false);
  end('ring');
  await waiting;
});
