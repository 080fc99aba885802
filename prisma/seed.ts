import { connectDatabase, moveInDemo } from '@cordboard/database';

/** For `npx prisma db seed --config prisma/prisma.config.ts`; `npm start` does the same. */
const database = connectDatabase(process.env.DATABASE_URL ?? '');
await moveInDemo(database);
await database.close();
