import type { Principal, Role } from './create-token-verifier';

/** Includes: an admin may do what an operator may, an operator what a viewer may. */
const INCLUDED: Readonly<Record<Role, readonly Role[]>> = {
  viewer: ['viewer', 'operator', 'admin'],
  operator: ['operator', 'admin'],
  admin: ['admin'],
};

export function hasRole({ roles }: Principal, role: Role): boolean {
  return roles.some((held) => INCLUDED[role].includes(held));
}
