import { defineConfig } from 'prisma/config';

/** For `npx prisma … --config prisma/prisma.config.ts`. Cordboard itself reads DATABASE_URL through its own configuration. */
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations', seed: 'tsx --conditions=source prisma/seed.ts' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
