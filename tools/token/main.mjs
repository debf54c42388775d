// Prints a token for both APIs, good for twelve hours, signed with AUTH_JWT_SECRET: for development,
// where no identity provider is.
//
//   node tools/token/main.mjs [viewer | operator | admin] [subject]
import { createToken } from './create-token.mjs';

const ROLES = ['viewer', 'operator', 'admin'];

const [role = 'operator', subject = 'developer'] = process.argv.slice(2);
const secret = process.env.AUTH_JWT_SECRET;
if (!ROLES.includes(role)) fail(`the role is one of ${ROLES.join(', ')}`);
if (!secret) fail('AUTH_JWT_SECRET is not set: the apps have to be started with the same');
console.log(createToken({ secret, roles: [role], subject }));

function fail(message) {
  console.error(message);
  process.exit(1);
}
