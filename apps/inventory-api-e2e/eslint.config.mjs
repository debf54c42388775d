import base from '../../eslint.config.mjs';

// Everything in here is test code.
export default [...base, { rules: { 'no-restricted-imports': 'off', 'max-lines': 'off' } }];
