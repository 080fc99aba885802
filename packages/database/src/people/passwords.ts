import { hash, verify } from '@node-rs/argon2';

/** Argon2id with the parameters that OWASP asks for at least: 19 MiB, two passes, one lane.
 *  https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What `Users.setPasswordHash` keeps. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** @param passwordHash null or undefined: nobody can sign in so, and it takes as long to find out. */
export const isPassword = async (password: string, passwordHash: string | null | undefined): Promise<boolean> => {
  const matches = await verify(passwordHash ?? (await nobodys()), password);
  return matches && passwordHash != null;
};

let made: Promise<string> | undefined;

/** Nobody's password. Checking against it takes as long as checking against somebody's. */
const nobodys = (): Promise<string> => {
  made ??= hashPassword(crypto.randomUUID());
  return made;
};
