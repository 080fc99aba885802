import { createTransport } from 'nodemailer';

/** An e-mail with one attachment. */
export interface Mail {
  /** The same for the same mail: who gets it twice can tell. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sound: { readonly name: string; readonly content: Uint8Array };
}

export interface Mailer {
  /** Resolves when the server has taken it. @throws Error when it has not */
  send(mail: Mail): Promise<void>;
}

const patienceMs = 20_000;

/** @param url `smtp://user:password@host:587`, or smtps */
export const createMailer = (url: string, from: string): Mailer => {
  const transport = createTransport({
    url,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    // What is sent is made here: no text in it may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ id, to, subject, text, sound }) {
      await transport.sendMail({
        messageId: `<${id}@cordboard>`,
        from,
        to: { name: '', address: to },
        subject,
        text,
        attachments: [{ filename: sound.name, content: Buffer.from(sound.content), contentType: 'audio/wav' }],
      });
    },
  };
};
