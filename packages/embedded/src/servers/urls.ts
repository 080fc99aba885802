/** How a client is told of an embedded server. Passwords are made of letters that need no escaping. */

export const redisUrl = (port: number, password: string, host = '127.0.0.1'): string =>
  `redis://:${password}@${host}:${port}`;

/** The role, and the database of the same name. */
export const postgresName = 'cordboard';

export const postgresUrl = (port: number, password: string, host = '127.0.0.1'): string =>
  `postgresql://${postgresName}:${password}@${host}:${port}/${postgresName}`;

/** The user of ari.conf. */
export const ariUser = 'cordboard';

/** ARI is on loopback, wherever SIP is. */
export const ariUrl = (port: number): string => `http://127.0.0.1:${port}`;
