/** Why Asterisk does not let us in, and what to change. @param status of HTTP */
export const refusal = (status: number | undefined): string => {
  switch (status) {
    case 401:
      return 'Asterisk refuses the user or the password of ARI (ARI_USER, ARI_PASSWORD)';
    case 403:
      return "Asterisk does not let this user in (ARI_USER; see acl and read_only in Asterisk's ari.conf)";
    case 404:
      return 'there is no ARI at this address (ARI_URL), or its modules are not loaded';
    case 503:
      return "Asterisk is not ready, or has too many sessions (sessionlimit in Asterisk's http.conf)";
    default:
      return `Asterisk answers ${status ?? 'nothing'} where ARI should be (ARI_URL)`;
  }
};
