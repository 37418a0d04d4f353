// What is the API's goes to the API worker, an upgrade to a WebSocket included; everything else is a file.
// `_routes.json` sees to it that files never wake this worker at all.
export default {
  async fetch(request, env) {
    const isApi = /^\/(api|auth)(\/|$)/.test(new URL(request.url).pathname);
    return isApi ? env.API.fetch(request) : env.ASSETS.fetch(request);
  },
};
