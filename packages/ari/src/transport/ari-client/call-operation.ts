import { TelephonyUnavailable } from '@cordboard/application';
import { type OperationName, operations } from '../../operation/operations.ts';
import type { Reply } from '../reply.ts';
import type { AriClient, SwaggerResponse } from './ari-client.ts';

/**
 * Calls the operation of ARI's name. ari-client takes lists as comma-separated values, and bodies by the name `body`.
 * Nothing is said when the connection breaks off before the answer: whoever calls has to know that by other means.
 */
export const callOperation = (client: AriClient, operation: OperationName, parameters: object): Promise<Reply> => {
  const [resource = '', nickname = ''] = operation.split('.');
  const api = client._swagger.apis[resource];
  const run = api?.[nickname];
  if (api === undefined || run === undefined)
    return Promise.resolve({ status: 501, reason: 'this Asterisk does not know the operation', body: '' });
  return new Promise((resolve, reject) => {
    const answered = ({ status, data }: SwaggerResponse): void => {
      if (status) resolve({ status, reason: '', body: data === undefined || data === null ? '' : String(data) });
      else reject(new TelephonyUnavailable(`${operation}: Asterisk has broken off the connection`));
    };
    run.call(api, forSwagger(operation, parameters), answered, answered);
  });
};

/** Parameters of the body, by operation: all others are the path's and the query's. */
const bodyParameters: Partial<Record<OperationName, string>> = {
  'applications.filter': 'filter',
  'asterisk.updateObject': 'fields',
  'channels.originate': 'variables',
};

const forSwagger = (operation: OperationName, parameters: object): Readonly<Record<string, unknown>> => {
  const inBody = bodyParameters[operation];
  const whole: { readonly body?: string } = operations[operation];
  const entries = Object.entries(parameters).flatMap(([name, value]: [string, unknown]) => {
    if (value === undefined) return [];
    if (name === inBody) return [['body', JSON.stringify(whole.body === name ? value : { [name]: value })]];
    return [[name, Array.isArray(value) ? value.join(',') : String(value)]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
};
