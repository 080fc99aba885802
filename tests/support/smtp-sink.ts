import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** An e-mail as it arrived. */
export interface CaughtMail {
  readonly to: readonly string[];
  /** Headers and body, as sent. */
  readonly source: string;
}

/** A mail server that delivers nothing and keeps everything. */
export interface SmtpSink {
  /** `smtp://127.0.0.1:…` */
  readonly url: string;
  readonly mails: readonly CaughtMail[];
  /** So many mails are refused for now, as a server does that is busy. */
  refuse(count: number): void;
  close(): Promise<void>;
}

export const openSmtpSink = async (): Promise<SmtpSink> => {
  const mails: CaughtMail[] = [];
  const sockets = new Set<Socket>();
  let refusals = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let to: string[] = [];
    let data: string[] | undefined;
    const say = (line: string): void => {
      socket.write(`${line}\r\n`);
    };
    say('220 sink');
    createInterface({ input: socket }).on('line', (line) => {
      if (data !== undefined) {
        if (line !== '.') {
          data.push(line.replace(/^\./, ''));
          return;
        }
        mails.push({ to, source: data.join('\r\n') });
        [to, data] = [[], undefined];
        say('250 kept');
        return;
      }
      const recipient = /^RCPT TO:<([^>]*)>/i.exec(line)?.[1];
      if (recipient !== undefined) to.push(recipient);
      if (/^MAIL /i.test(line) && refusals > 0) {
        refusals -= 1;
        say('451 not now');
      } else if (/^DATA/i.test(line)) {
        data = [];
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 goodbye');
        socket.end();
      } else say('250 sink');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink listens nowhere');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    refuse(count) {
      refusals = count;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** The bytes of the first attachment of this type. */
export const attachmentOf = ({ source }: CaughtMail, type: string): Buffer => {
  const part = source.split(/\r\n--/).find((each) => each.includes(`Content-Type: ${type}`));
  const [, content] = part?.split('\r\n\r\n', 2) ?? [];
  if (content === undefined) throw new Error(`no ${type} is attached:\n${source.slice(0, 2000)}`);
  return Buffer.from(content, 'base64');
};
