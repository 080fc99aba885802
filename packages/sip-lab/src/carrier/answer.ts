import { header, type SipMessage } from '../sip/message.ts';

/** What a carrier answers a request with: the status line, and headers and a body beside those that every answer has. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer to a request as text (RFC 3261 §8.2.6): the headers that name the transaction go back as they came. */
export const answerText = (request: SipMessage, { status, headers = {}, body = '' }: Answer, tag: string): string => {
  const to = header(request, 'to') ?? '';
  const lines = [
    `SIP/2.0 ${status} ${reasons[status] ?? 'Answered'}`,
    ...request.headers
      .filter(([name]) => /^(via|v|record-route)$/i.test(name))
      .map(([name, value]) => `${name}: ${value}`),
    `From: ${header(request, 'from') ?? ''}`,
    `To: ${to.includes(';tag=') || status === 100 ? to : `${to};tag=${tag}`}`,
    `Call-ID: ${header(request, 'call-id') ?? ''}`,
    `CSeq: ${header(request, 'cseq') ?? ''}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
};

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  503: 'Service Unavailable',
};
