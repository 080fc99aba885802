import type { Problem } from '@cordboard/contracts';

/** A person at the API: signs in, keeps the cookie and the token, and speaks JSON. */
export class Person {
  readonly url: string;
  #cookie = '';
  #csrfToken = '';

  constructor(url: string) {
    this.url = url;
  }

  get cookie(): string {
    return this.#cookie;
  }

  async signIn(username: string, password: string): Promise<this> {
    const response = await this.send('POST', '/api/session', { username, password });
    if (response.status !== 200) throw new Error(`sign-in of ${username}: ${response.status} ${await response.text()}`);
    this.#cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
    this.#csrfToken = ((await response.json()) as { csrfToken: string }).csrfToken;
    return this;
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        origin: this.url,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie, 'x-csrf-token': this.#csrfToken }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** @throws Refused with what the API said, unless it said yes. */
  async ask<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Refused(`${method} ${path}`, JSON.parse(text) as Problem);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}

export class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;
  constructor(what: string, problem: Problem) {
    super(`${what}: ${problem.status} ${problem.code}: ${problem.detail} ${JSON.stringify(problem.errors ?? '')}`);
    this.problem = problem;
  }
}
