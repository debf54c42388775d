/** Three questions to the audit API that a newcomer can paste into a shell where TOKEN is set. */
export function curlLines({ apps, token, day }) {
  const api = `${apps['audit-api'].url}/api/v1`;
  const { busiest } = day;
  const questions = [
    { path: '/events?type=OUT_OF_STOCK&limit=3', about: 'the latest products that ran out' },
    {
      path: `/products/${busiest.productId}/timeline?limit=5`,
      about: `what happened to "${busiest.name}"`,
    },
    { path: '/dead-letters?limit=3', about: 'messages that could not be processed, and why' },
  ];
  return questions.map(({ path, about }) => ({
    about,
    url: `${api}${path}`,
    token,
    line: `# ${about}\ncurl -s -H "Authorization: Bearer $TOKEN" '${api}${path}'`,
  }));
}
