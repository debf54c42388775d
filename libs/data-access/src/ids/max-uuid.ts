/** Greater than every id that is given. */
export const MAX_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
