export * from './jobs.ts';
export * from './policy.ts';
export * from './request.ts';
export * from './rest.ts';
export * from './socket.ts';
