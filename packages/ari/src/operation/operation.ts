import type { z } from 'zod';

/** How an operation of the Asterisk REST Interface is asked for. */
export interface Shape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/ari/`; `{name}` stands for a parameter. What is not in the path goes into the query or the body. */
  readonly path: string;
  /** The one parameter that is the whole body. */
  readonly body?: string;
  /** What is read of the answer; without it the answer is not looked at. */
  readonly answer?: z.ZodType;
  /** The answer is as long as there are channels, bridges, phones. */
  readonly isList?: true;
}

/** An operation with what the compiler knows of its parameters and its answer. */
export interface Operation<Parameters, Answer> extends Shape {
  readonly body?: keyof Parameters & string;
  readonly answer?: z.ZodType<Answer>;
  /** Never there: it carries the type. */
  readonly parameters?: Parameters;
}

/** A request as it goes over the wire, whatever carries it. */
export interface RenderedRequest {
  readonly method: Shape['method'];
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

/**
 * Puts the parameters where they belong. POST and PUT carry them as JSON: a long value in a query string is lost without
 * an error (8 kB were, 1.5 kB were not).
 */
export const render = ({ method, path, body }: Shape, parameters: object): RenderedRequest => {
  const rest = new Map(Object.entries(parameters).filter(([, value]) => value !== undefined));
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  if (method === 'GET' || method === 'DELETE')
    return { method, path: filled, query: [...rest].map(([name, value]) => [name, String(value)]), body: undefined };
  if (body !== undefined) return { method, path: filled, query: [], body: JSON.stringify(rest.get(body)) };
  const fields = Object.fromEntries(rest);
  return { method, path: filled, query: [], body: rest.size === 0 ? undefined : JSON.stringify(fields) };
};
