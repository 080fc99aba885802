import type { Policy } from '@cordboard/core';
import type { House } from './house.ts';
import { until } from './until.ts';

type Document = Omit<Policy, 'version'>;

/** Publishes a policy as an administrator does; resolves when the next call goes by it. @returns its version */
export const publishPolicy = async (house: House, document: Document, moveWaiting = false): Promise<number> => {
  const { version } = await house.admin.ask<{ version: number }>('POST', '/api/policy', { document, moveWaiting });
  await policyTaken(house, version);
  return version;
};

/** Resolves when call control goes by this version. */
export const policyTaken = async (house: House, version: number): Promise<void> => {
  await until(`version ${version} is taken`, () =>
    house.allFacts().some((fact) => fact.type === 'PolicyTaken' && fact.version === version),
  );
};
