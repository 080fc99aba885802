import { z } from 'zod';
import { openApi } from '../http/openapi.ts';
import { openRoute, type Route } from '../http/route.ts';
import { agentRoutes } from './agents.ts';
import { boardRoutes } from './board.ts';
import { callbackRoutes } from './callbacks.ts';
import { callRoutes } from './calls.ts';
import { colleagueRoutes } from './colleagues.ts';
import { customerRoutes } from './customers.ts';
import { deskRoutes } from './desks.ts';
import { phoneRoutes } from './phones.ts';
import { policyRoutes } from './policy.ts';
import { policyDraftRoutes } from './policy-draft.ts';
import { queueRoutes } from './queues.ts';
import { serviceRoutes } from './service.ts';
import { sessionRoutes } from './session.ts';
import { siteRoutes } from './sites.ts';
import { surveyRoutes } from './surveys.ts';
import { switchRoutes } from './switches.ts';
import { trunkRoutes } from './trunks.ts';
import { userRoutes } from './users.ts';
import { voicemailBoxRoutes } from './voicemail-boxes.ts';
import { voicemailRoutes } from './voicemails.ts';

const description = openRoute({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'This API, described in OpenAPI 3.1',
  answer: z.looseObject({ openapi: z.string() }),
  handle: () => document(),
});

/** Everything that can be asked of the API. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...boardRoutes,
  ...callRoutes,
  ...agentRoutes,
  ...colleagueRoutes,
  ...customerRoutes,
  ...phoneRoutes,
  ...deskRoutes,
  ...trunkRoutes,
  ...policyRoutes,
  ...callbackRoutes,
  ...queueRoutes,
  ...siteRoutes,
  ...surveyRoutes,
  ...policyDraftRoutes,
  ...switchRoutes,
  ...userRoutes,
  ...voicemailRoutes,
  ...voicemailBoxRoutes,
  description,
  ...serviceRoutes,
];

let made: ReturnType<typeof openApi> | undefined;
/** Made when it is first asked for. */
const document = () => {
  made ??= openApi(routes);
  return made;
};
