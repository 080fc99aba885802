import { type Calls, createCalls } from './calls/calls.ts';
import { createSurveys, type Surveys } from './calls/surveys.ts';
import { connectPrisma } from './client.ts';
import { type Customers, createCustomers } from './customers/customers.ts';
import { createKeptFacts, type KeptFacts } from './facts/kept-facts.ts';
import { type Agents, createAgents } from './people/agents.ts';
import { createUsers, type Users } from './people/users.ts';
import { createDraft, type Draft } from './policies/draft.ts';
import { createPolicies, type Policies } from './policies/policies.ts';
import { createPhones, type Phones } from './provisioning/phones.ts';
import { createTrunks, type Trunks } from './provisioning/trunks.ts';
import { type Boxes, createBoxes } from './voicemails/boxes.ts';
import { createVoicemails, type Voicemails } from './voicemails/voicemails.ts';

/** All that is kept for good. Every method throws `DatabaseUnavailable` while PostgreSQL does not answer. */
export interface Database {
  readonly users: Users;
  readonly agents: Agents;
  readonly phones: Phones;
  readonly trunks: Trunks;
  readonly customers: Customers;
  readonly policies: Policies;
  readonly draft: Draft;
  readonly calls: Calls;
  readonly surveys: Surveys;
  readonly keptFacts: KeptFacts;
  readonly voicemails: Voicemails;
  readonly boxes: Boxes;
  close(): Promise<void>;
}

/**
 * Connects at the first question, and again whenever a connection was lost.
 *
 * @param databaseUrl `postgresql://user:password@host:port/database`
 * @param onError told of an idle connection that broke.
 */
export const connectDatabase = (databaseUrl: string, onError?: (error: Error) => void): Database => {
  const { prisma, ask, close } = connectPrisma(databaseUrl, onError);
  return {
    users: createUsers(prisma),
    agents: createAgents(prisma),
    phones: createPhones(prisma),
    trunks: createTrunks(prisma),
    customers: createCustomers(prisma, ask),
    policies: createPolicies(prisma),
    draft: createDraft(prisma),
    calls: createCalls(prisma, ask),
    surveys: createSurveys(prisma),
    keptFacts: createKeptFacts(prisma),
    voicemails: createVoicemails(prisma),
    boxes: createBoxes(prisma),
    close,
  };
};
